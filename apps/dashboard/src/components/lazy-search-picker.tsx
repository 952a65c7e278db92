"use client";
import { Description } from "@heroui/react/description";
import { Label } from "@heroui/react/label";
import { TextField } from "@heroui/react/textfield";
import { type ComponentProps, lazy, Suspense } from "react";
import { PlainInput } from "./plain-input.tsx";
import type { SearchPicker as Loaded } from "./search-picker.tsx";

const LoadedPicker = lazy(async () => ({
  default: (await import("./search-picker.tsx")).SearchPicker,
}));

/** The search picker, loaded when it is first needed; until then its field is shown, disabled. */
export function SearchPicker(props: ComponentProps<typeof Loaded>) {
  const { label, picked, placeholder, hint } = props;
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
