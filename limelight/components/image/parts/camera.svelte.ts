/** The reader's camera: asking for it, choosing among several, taking pictures, turning it off. Draws nothing. */

import type { Phrase } from "$ui/phrases";

/** How the author wants the camera to be used: the prop `webcam_options`. */
export interface WebcamOptions {
  mirror?: boolean;
  constraints?: (MediaStreamConstraints & MediaTrackConstraints) | null;
}

export type Phase = "off" | "asking" | "on";

const PROBLEMS: Readonly<Record<string, Phrase>> = {
  NotAllowedError: "ui.webcam_denied",
  SecurityError: "ui.webcam_denied",
  NotFoundError: "ui.webcam_missing",
  OverconstrainedError: "ui.webcam_unfit",
};

/** What to ask the browser for. Authors write whole constraints or only those of the picture. */
export function constraintsFor(
  options: WebcamOptions | undefined,
  device: string | null,
): MediaStreamConstraints {
  const given = options?.constraints ?? {};
  const video = "video" in given ? given.video : given;
  const wanted: MediaTrackConstraints = typeof video === "object" ? { ...video } : {};
  if (device !== null) wanted.deviceId = { exact: device };
  return { video: Object.keys(wanted).length > 0 ? wanted : true, audio: false };
}

/** The phrase for what went wrong. */
export function problemOf(error: unknown): Phrase {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return PROBLEMS[name] ?? "ui.webcam_busy";
}

export class Camera {
  phase = $state<Phase>("off");
  /** Why there is no picture. */
  problem = $state<Phrase | null>(null);
  /** Cameras to choose among; known once one was opened. */
  devices = $state.raw<readonly MediaDeviceInfo[]>([]);
  stream = $state.raw<MediaStream | null>(null);

  #options: () => WebcamOptions | undefined;
  // Counts the requests, so that an answer which comes after the camera was turned off is dropped.
  #request = 0;

  constructor(options: () => WebcamOptions | undefined) {
    this.#options = options;
  }

  /** Id of the camera in use. */
  get device(): string | null {
    return this.stream?.getVideoTracks()[0]?.getSettings().deviceId ?? null;
  }

  async open(device: string | null = null): Promise<void> {
    this.close();
    const request = ++this.#request;
    // Absent on pages that are neither https nor local.
    const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    if (media === undefined) {
      this.problem = "ui.webcam_insecure";
      return;
    }
    this.phase = "asking";
    try {
      const stream = await media.getUserMedia(constraintsFor(this.#options(), device));
      if (request === this.#request) await this.#use(stream, media);
      else stop(stream);
    } catch (error) {
      if (request !== this.#request) return;
      this.close();
      this.problem = problemOf(error);
    }
  }

  async #use(stream: MediaStream, media: MediaDevices): Promise<void> {
    this.stream = stream;
    this.phase = "on";
    stream.getVideoTracks()[0]?.addEventListener("ended", () => {
      if (this.stream !== stream) return;
      this.close();
      this.problem = "ui.webcam_busy";
    });
    // Browsers name the cameras only after one was allowed.
    const devices = await media.enumerateDevices();
    this.devices = devices.filter(({ kind }) => kind === "videoinput");
  }

  /** Turn it off: the light goes out. */
  close(): void {
    this.#request += 1;
    if (this.stream !== null) stop(this.stream);
    this.stream = null;
    this.phase = "off";
    this.problem = null;
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The media type for a picture in the author's `format`; what a canvas cannot write becomes PNG. */
export function pictureType(format: string | undefined): string {
  const name = (format ?? "webp").toLowerCase().replace(/^jpg$/, "jpeg");
  return ["webp", "jpeg"].includes(name) ? `image/${name}` : "image/png";
}

/** The picture that a video shows now, as the reader sees it; null before there is one. */
export function frame(video: HTMLVideoElement, isMirrored: boolean): HTMLCanvasElement | null {
  if (video.videoWidth === 0) return null;
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext("2d");
  if (context === null) return null;
  if (isMirrored) {
    context.translate(canvas.width, 0);
    context.scale(-1, 1);
  }
  context.drawImage(video, 0, 0);
  return canvas;
}

/** A canvas as a file to upload. */
export function fileOf(canvas: HTMLCanvasElement, type: string): Promise<File | null> {
  return new Promise((done) => {
    canvas.toBlob(
      (blob) => {
        // Browsers that cannot write the wanted type write PNG.
        const ending = blob?.type.split("/")[1] ?? "png";
        done(blob === null ? null : new File([blob], `image.${ending}`, { type: blob.type }));
      },
      type,
      0.92,
    );
  });
}
