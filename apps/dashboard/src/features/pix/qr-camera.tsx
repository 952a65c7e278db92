"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { readQrPixels } from "./read-qr.ts";

/** A code held still is found within a few looks; more often only warms the machine. */
const LOOK_EVERY_MS = 200;

type Trouble = "cameraMissing" | "cameraDenied";

/** Reads a QR code that is held before the camera; says so where there is none, or none may be used. */
export function QrCamera(props: {
  readonly onRead: (text: string) => void;
  readonly isDisabled?: boolean;
}) {
  const t = useTranslations("pix");
  const [isOn, setOn] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        variant="outline"
        size="sm"
        isDisabled={props.isDisabled ?? false}
        onPress={() => {
          setTrouble(null);
          setOn(!isOn);
        }}
      >
        {t(isOn ? "stopCamera" : "readByCamera")}
      </Button>
      {isOn && (
        <Viewfinder
          onRead={(text) => {
            setOn(false);
            props.onRead(text);
          }}
          onTrouble={(what) => {
            setOn(false);
            setTrouble(what);
          }}
        />
      )}
      {trouble !== null && (
        <span role="alert" className="text-xs text-negative">
          {t(trouble)}
        </span>
      )}
    </div>
  );
}

function Viewfinder(props: {
  readonly onRead: (text: string) => void;
  readonly onTrouble: (what: Trouble) => void;
}) {
  const t = useTranslations("pix");
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef(props);
  told.current = props;

  useEffect(() => {
    const leaving = new AbortController();
    void watch(video.current, leaving.signal).then((seen) => {
      if (leaving.signal.aborted) return;
      if (seen.kind === "code") told.current.onRead(seen.text);
      else told.current.onTrouble(seen.kind);
    });
    return () => leaving.abort();
  }, []);

  return (
    <figure className="w-full max-w-80">
      <video ref={video} muted playsInline className="w-full rounded-lg bg-black" />
      <figcaption role="status" className="text-xs text-muted">
        {t("cameraHint")}
      </figcaption>
    </figure>
  );
}

type Seen = { readonly kind: "code"; readonly text: string } | { readonly kind: Trouble };

/** Looks until a code is read or the signal says stop; the camera is let go either way. */
async function watch(video: HTMLVideoElement | null, signal: AbortSignal): Promise<Seen> {
  // Absent where the page did not come over HTTPS or from the machine itself.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (video === null || devices === undefined) return { kind: "cameraMissing" };
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (error) {
    const isDenied = error instanceof DOMException && error.name === "NotAllowedError";
    return { kind: isDenied ? "cameraDenied" : "cameraMissing" };
  }
  try {
    if (!signal.aborted) {
      video.srcObject = stream;
      await video.play();
    }
    const text = await lookUntilRead(video, signal);
    return { kind: "code", text };
  } catch {
    return { kind: "cameraMissing" };
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

async function lookUntilRead(video: HTMLVideoElement, signal: AbortSignal): Promise<string> {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("the browser draws nothing");
  while (!signal.aborted) {
    const { videoWidth: width, videoHeight: height } = video;
    if (width > 0 && height > 0) {
      Object.assign(canvas, { width, height });
      context.drawImage(video, 0, 0);
      const text = readQrPixels(context.getImageData(0, 0, width, height));
      if (text !== null) return text;
    }
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return "";
}
