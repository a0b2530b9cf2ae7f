// Runs the official JavaScript client for `javascript.py`: one JSON request per line in, one JSON answer per line out.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Client, handle_file } from "@gradio/client";

const clients = [];

/** What pytest sends: `{"$path": p}` is a local file as a path, `{"$blob": p}` its bytes, `{"$url": u}` an address. */
async function revive(value) {
	if (Array.isArray(value)) return Promise.all(value.map(revive));
	if (value === null || typeof value !== "object") return value;
	if (value.$blob) return new Blob([await readFile(value.$blob)], { type: value.type });
	if (value.$path) return handle_file(value.$path);
	if (value.$url) return handle_file(value.$url);
	return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([k, v]) => [k, await revive(v)])));
}

/** An error, or a status with stage `error`, as plain data. */
function plain(problem) {
	return { ...problem, message: problem?.message ?? String(problem) };
}

/** All that a job publishes, in order; cancelled after some values if asked for. */
async function hear(client, { endpoint, data, event_data = undefined, trigger_id = undefined, cancel_after = 0 }) {
	const job = client.submit(endpoint, await revive(data), event_data, trigger_id);
	const events = [];
	let values = 0;
	for await (const event of job) {
		events.push(structuredClone(event)); // edits are applied in place
		if (event.type === "data" && ++values === cancel_after) await job.cancel();
		// The client never ends what it tells of a call that is not queued.
		if (event.type === "status" && event.queue === false && event.stage === "complete") break;
	}
	return events;
}

/** Outputs of a call that is given chunk after chunk, each when the one before was answered. */
async function stream(client, { endpoint, chunks }) {
	const [first, ...rest] = chunks;
	const job = client.submit(endpoint, first);
	const values = [];
	for await (const event of job) {
		if (event.type !== "data" || values.length === chunks.length) continue;
		values.push(structuredClone(event.data));
		const chunk = rest.shift();
		if (chunk) await job.send_chunk({ data: chunk });
		else await job.close_stream();
	}
	return values;
}

const does = {
	async connect({ url, options = {} }) {
		clients.push(await Client.connect(url, { events: ["data", "status", "log", "render"], ...options }));
		return clients.length - 1;
	},
	async predict({ client, endpoint, data }) {
		return (await clients[client].predict(endpoint, await revive(data))).data;
	},
	hear: ({ client, ...call }) => hear(clients[client], call),
	together: ({ client, calls }) => Promise.all(calls.map((call) => hear(clients[client], call))),
	stream: ({ client, ...call }) => stream(clients[client], call),
	session: async ({ client }) => clients[client].session_hash,
	view_api: ({ client }) => clients[client].view_api(),
	config: async ({ client }) => clients[client].config,
	reconnect: ({ client }) => clients[client].reconnect(),
	async close({ client }) {
		clients[client].close();
		return null;
	},
};

for await (const line of createInterface({ input: process.stdin })) {
	const { id, op, ...args } = JSON.parse(line);
	const answer = (body) => process.stdout.write(JSON.stringify({ id, ...body }) + "\n");
	does[op](args).then(
		(result) => answer({ result }),
		(problem) => answer({ problem: plain(problem) }),
	);
}
process.exit(0);
