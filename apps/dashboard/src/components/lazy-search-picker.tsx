"use client";
import { Description } from "@heroui/react/description";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { type ComponentProps, lazy, Suspense, useEffect, useState } from "react";
import { PlainInput } from "./plain-input.tsx";
import type { SearchPicker as Loaded } from "./search-picker.tsx";

async function load() {
  return { default: (await import("./search-picker.tsx")).SearchPicker };
}

const LoadedPicker = lazy(load);

/**
 * The search picker, loaded when it is first needed. Until then a plain field stands in for it:
 * what is typed there, and the keyboard's place, go on to the picker.
 */
export function SearchPicker(props: Omit<ComponentProps<typeof Loaded>, "begun">) {
  const { label, picked, placeholder, hint, isDisabled = false } = props;
  const [begun, setBegun] = useState<string | null>(null);
  // Fetched once the page rests, so that it is there by the time the field is reached.
  useEffect(() => {
    const timer = setTimeout(() => void load(), 500);
    return () => clearTimeout(timer);
  }, []);
  const standIn = (
    <TextField
      fullWidth
      isDisabled={isDisabled}
      value={begun ?? picked?.text ?? ""}
      onChange={setBegun}
      onFocus={() => setBegun((text) => text ?? "")}
      onBlur={() => setBegun((text) => (text === "" ? null : text))}
    >
      <Label>{label}</Label>
      <PlainInput placeholder={placeholder ?? ""} />
      {hint !== undefined && <Description>{hint}</Description>}
    </TextField>
  );
  if (isDisabled) return standIn;
  return (
    <Suspense fallback={standIn}>
      <LoadedPicker {...props} begun={begun} />
    </Suspense>
  );
}
