"use client";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { QrCamera } from "./qr-camera.tsx";
import { readQrImage } from "./read-qr.ts";

/** Takes a QR code from an image file or from the camera. */
export function QrFile(props: {
  readonly label: string;
  readonly onRead: (text: string) => void;
  readonly isDisabled?: boolean;
}) {
  const t = useTranslations("pix");
  const id = useId();
  const [isUnread, setUnread] = useState(false);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="label w-fit">
        {props.label}
      </label>
      <input
        id={id}
        type="file"
        accept="image/*"
        disabled={props.isDisabled ?? false}
        aria-describedby={isUnread ? `${id}-problem` : undefined}
        className="text-sm"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file === undefined) return;
          void readQrImage(file).then((text) => {
            setUnread(text === null);
            if (text !== null) props.onRead(text);
          });
        }}
      />
      {isUnread && (
        <span id={`${id}-problem`} role="alert" className="text-xs text-negative">
          {t("noQr")}
        </span>
      )}
      <QrCamera onRead={props.onRead} isDisabled={props.isDisabled ?? false} />
    </div>
  );
}
