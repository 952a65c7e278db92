"use client";
import { Command } from "cmdk";
import type { ReactNode } from "react";

/** How a group of the palette looks. */
export const group =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 " +
  "[&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted";

/** One line of the palette; `value` is what typing is compared with. */
export function Item(props: {
  readonly value: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Command.Item
      value={props.value}
      onSelect={props.onSelect}
      className="flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2
        data-[selected=true]:bg-default"
    >
      {props.children}
    </Command.Item>
  );
}
