/** A recording of the reader's voice: asking for the microphone, how loud it is, and what came of it. Draws nothing. */

import type { Phrase } from "$ui/phrases";
import { fileOf } from "./wav";

export type Phase = "off" | "asking" | "on" | "ending";

export interface RecordingOptions {
  onfile: (file: File) => void;
  /** It cannot go on: why. */
  onproblem: (problem: Phrase) => void;
  /** Milliseconds between two looks at the level. */
  every: number;
}

/** How many levels are kept: as many as are drawn. */
export const LEVELS = 160;
const SILENT_BELOW = 0.008;
const SILENT_AFTER_S = 3;

const PROBLEMS: Readonly<Record<string, Phrase>> = {
  NotAllowedError: "ui.record_denied",
  SecurityError: "ui.record_denied",
  NotFoundError: "ui.record_missing",
};

/** The phrase for what went wrong. */
export function problemOf(error: unknown): Phrase {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return PROBLEMS[name] ?? "ui.record_busy";
}

/** How loud samples are at their loudest, 0 to 1: speech comes to about the middle. */
export function levelOf(samples: Float32Array): number {
  return Math.min(1, Math.sqrt(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)));
}

/** Samples to look at, a power of 2, so that nothing that was heard between two looks is missed. */
export function windowFor(ms: number, rate: number): number {
  return Math.min(32_768, 2 ** Math.ceil(Math.log2((ms / 1000) * rate)));
}

/** "0:07", "12:30". */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export class Recording {
  phase = $state<Phase>("off");
  seconds = $state(0);
  /** The last levels, the newest at the end. */
  levels = $state.raw<readonly number[]>([]);
  /** Whether nothing was heard until now, for longer than anybody holds their breath. */
  isSilent = $state(false);

  #options: RecordingOptions;
  #stream: MediaStream | null = null;
  #recorder: MediaRecorder | null = null;
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  // Counts the requests, so that an answer which comes after the end is dropped.
  #request = 0;

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const request = ++this.#request;
    // Absent on pages that are neither https nor local.
    const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    if (media === undefined || typeof MediaRecorder === "undefined") return this.#fail("ui.record_insecure");
    this.phase = "asking";
    try {
      const stream = await media.getUserMedia({ audio: true });
      if (request === this.#request) this.#record(stream);
      else silence(stream);
    } catch (error) {
      if (request === this.#request) this.#fail(problemOf(error));
    }
  }

  /** End it and hand over what was recorded. */
  stop(): void {
    if (this.phase !== "on") return;
    this.phase = "ending";
    this.#recorder?.stop();
  }

  /** End it and forget what was recorded. */
  discard(): void {
    this.#request += 1;
    this.#end();
  }

  #record(stream: MediaStream): void {
    const request = this.#request;
    const chunks: Blob[] = [];
    const recorder = new MediaRecorder(stream);
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.onstop = async () => {
      if (request !== this.#request) return;
      this.#end("ending");
      const recorded = new Blob(chunks, { type: recorder.mimeType });
      const file = recorded.size === 0 ? null : await fileOf(recorded);
      if (request !== this.#request) return;
      this.phase = "off";
      if (file === null) this.#options.onproblem("ui.record_empty");
      else this.#options.onfile(file);
    };
    // The microphone was unplugged, or the permission taken back: what there is, is kept.
    stream.getAudioTracks()[0]?.addEventListener("ended", () => this.stop());
    this.#stream = stream;
    this.#recorder = recorder;
    recorder.start();
    this.phase = "on";
    this.#listen(stream);
  }

  #listen(stream: MediaStream): void {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = windowFor(this.#options.every, context.sampleRate);
    context.createMediaStreamSource(stream).connect(analyser);
    this.#context = context;
    const samples = new Float32Array(analyser.fftSize);
    const began = performance.now();
    let loudest = 0;
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const level = levelOf(samples);
      loudest = Math.max(loudest, level);
      this.levels = [...this.levels, level].slice(-LEVELS);
      this.seconds = (performance.now() - began) / 1000;
      this.isSilent = this.seconds > SILENT_AFTER_S && loudest * loudest < SILENT_BELOW;
    }, this.#options.every);
  }

  #fail(problem: Phrase): void {
    this.#end();
    this.#options.onproblem(problem);
  }

  /** Let the microphone go: its light goes out. */
  #end(phase: Phase = "off"): void {
    clearInterval(this.#timer);
    if (this.#recorder !== null && this.#recorder.state !== "inactive") this.#recorder.stop();
    if (this.#stream !== null) silence(this.#stream);
    // One that is closed already has nothing left to close.
    this.#context?.close().catch(() => undefined);
    this.#recorder = this.#stream = this.#context = null;
    this.phase = phase;
  }
}

function silence(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
