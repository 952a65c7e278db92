"use client";
import { Description } from "@heroui/react/description";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { type ComponentProps, lazy, Suspense, useEffect } from "react";
import { PlainInput } from "./plain-input.tsx";
import type { SearchPicker as Loaded } from "./search-picker.tsx";

async function load() {
  return { default: (await import("./search-picker.tsx")).SearchPicker };
}

const LoadedPicker = lazy(load);

/** The search picker, loaded when it is first needed; until then its field is shown, disabled. */
export function SearchPicker(props: ComponentProps<typeof Loaded>) {
  const { label, picked, placeholder, hint } = props;
  // Fetched once the page rests, so that it is there by the time the field is reached.
  useEffect(() => {
    const timer = setTimeout(() => void load(), 500);
    return () => clearTimeout(timer);
  }, []);
  const standIn = (
    <TextField fullWidth isDisabled value={picked?.text ?? ""}>
      <Label>{label}</Label>
      <PlainInput placeholder={placeholder ?? ""} />
      {hint !== undefined && <Description>{hint}</Description>}
    </TextField>
  );
  if (props.isDisabled === true) return standIn;
  return (
    <Suspense fallback={standIn}>
      <LoadedPicker {...props} />
    </Suspense>
  );
}
