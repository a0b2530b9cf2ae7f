/** Recordings as WAV, which every program reads; browsers record in formats of their own. Draws nothing. */

const RATE_HZ = 48_000;
const HEADER_BYTES = 44;

/** The samples of one channel, -1 to 1, as a WAV file of 16 bits. */
export function wavOf(samples: Float32Array, rate: number): ArrayBuffer {
  const bytes = samples.length * 2;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + bytes));
  const text = (at: number, letters: string): void => {
    for (let i = 0; i < letters.length; i += 1) view.setUint8(at + i, letters.charCodeAt(i));
  };
  text(0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + bytes, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // whole numbers
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, bytes, true);
  samples.forEach((sample, i) => {
    const held = Math.max(-1, Math.min(1, sample));
    view.setInt16(HEADER_BYTES + i * 2, held < 0 ? held * 0x8000 : held * 0x7fff, true);
  });
  return view.buffer;
}

/** The channels as one. */
export function mixed(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (first === undefined || others.length === 0) return first ?? new Float32Array();
  return first.map((sample, i) => others.reduce((sum, channel) => sum + (channel[i] ?? 0), sample) / channels.length);
}

/** What was recorded, as a file to upload. What the browser cannot read again is left as it is. */
export async function fileOf(recorded: Blob): Promise<File> {
  try {
    const audio = await new OfflineAudioContext(1, 1, RATE_HZ).decodeAudioData(await recorded.arrayBuffer());
    const channels = Array.from({ length: audio.numberOfChannels }, (_, i) => audio.getChannelData(i));
    return new File([wavOf(mixed(channels), audio.sampleRate)], "recording.wav", { type: "audio/wav" });
  } catch {
    const ending = recorded.type.includes("mp4") ? "m4a" : recorded.type.includes("ogg") ? "ogg" : "webm";
    return new File([recorded], `recording.${ending}`, { type: recorded.type });
  }
}
