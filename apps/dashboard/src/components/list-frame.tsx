"use client";
import { Button } from "@heroui/react/button";
import type { ReactNode } from "react";
import { Skeleton } from "./skeleton.tsx";

/** A table's frame with what it shows while it is read, when it is empty and when there is more. */
export function ListFrame(props: {
  readonly children: ReactNode;
  readonly isEmpty: boolean;
  readonly isReading: boolean;
  readonly readingText: string;
  readonly emptyText: ReactNode;
  readonly more: (() => void) | null;
  readonly moreText: string;
}) {
  const { isEmpty, isReading, more } = props;
  if (isEmpty && isReading) {
    return (
      <div className="panel p-3">
        <Skeleton label={props.readingText} rows={6} />
      </div>
    );
  }
  if (isEmpty) {
    return <div className="panel px-4 py-10 text-center text-muted">{props.emptyText}</div>;
  }
  return (
    <>
      <div className="panel overflow-x-auto">{props.children}</div>
      {more !== null && (
        <div className="mt-3 text-center">
          <Button variant="outline" onPress={more} isPending={isReading}>
            {props.moreText}
          </Button>
        </div>
      )}
    </>
  );
}
