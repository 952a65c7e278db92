"use client";
import { ComboBox } from "@heroui/react/combo-box";
import { Description } from "@heroui/react/description";
import { FieldError } from "@heroui/react/field-error";
import { Input } from "@heroui/react/input";
import { Label } from "@heroui/react/label";
import { ListBox } from "@heroui/react/list-box";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { containsText } from "./contains-text.ts";

export interface Pick {
  readonly id: string;
  /** What the field shows once this is picked. */
  readonly text: string;
  readonly content: ReactNode;
}

interface Typing {
  readonly picked: { readonly id: string; readonly text: string } | null;
  readonly onSearch: (text: string) => void;
  readonly begun: string | null;
}

/** What stands in the field while it is not what was picked. */
function useTyped({ picked, onSearch, ...props }: Typing) {
  const [begun] = useState(props.begun);
  const [typed, setTyped] = useState<string | null>(begun);
  // What was picked, also from outside, takes the place of what was typed.
  const pickedId = useRef(picked?.id);
  useEffect(() => {
    if (pickedId.current !== picked?.id) setTyped(null);
    pickedId.current = picked?.id;
  }, [picked?.id]);
  const onBegun = useRef(onSearch);
  useEffect(() => {
    if (begun !== null && begun !== "") onBegun.current(begun);
  }, [begun]);
  function search(text: string) {
    const isPickedText = text === picked?.text;
    setTyped(isPickedText ? null : text);
    onSearch(isPickedText ? "" : text);
  }
  function forget() {
    setTyped(null);
    onSearch("");
  }
  return { begun, typed, search, forget };
}

/**
 * Finds one among many by typing. `found` are the matches for `search`, which the caller looks up;
 * the picked one stays in the list so that leaving the field keeps it.
 */
export function SearchPicker(props: {
  readonly label: string;
  readonly picked: { readonly id: string; readonly text: string } | null;
  readonly onPick: (id: string | null) => void;
  readonly found: readonly Pick[];
  /** Whether `found` still answers something typed earlier. */
  readonly isBehind: boolean;
  readonly onSearch: (text: string) => void;
  readonly emptyText: string;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  readonly problem?: string | null;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  /** What was typed while this was still loading, in a field that had the focus; else null. */
  readonly begun: string | null;
}) {
  const { label, picked, onPick, found, hint, problem } = props;
  const { begun, typed, search, forget } = useTyped(props);
  // Whoever types a name and presses Enter at once must never get somebody else.
  const fitting =
    props.isBehind && typed !== null
      ? found.filter(({ text }) => containsText(text, typed))
      : found;
  const isPickedFound = picked === null || fitting.some(({ id }) => id === picked.id);
  const items = isPickedFound ? fitting : [{ ...picked, content: picked.text }, ...fitting];
  return (
    <ComboBox
      fullWidth
      allowsEmptyCollection
      validationBehavior="aria"
      autoFocus={begun !== null}
      menuTrigger={begun === null || begun === "" ? "input" : "focus"}
      items={items}
      defaultFilter={() => true}
      inputValue={typed ?? picked?.text ?? ""}
      onInputChange={search}
      selectedKey={picked?.id ?? null}
      onSelectionChange={(key) => {
        forget();
        onPick(key === null ? null : String(key));
      }}
      isDisabled={props.isDisabled ?? false}
      isRequired={props.isRequired ?? false}
      isInvalid={problem !== undefined && problem !== null}
    >
      <Label>{label}</Label>
      <ComboBox.InputGroup>
        <Input placeholder={props.placeholder ?? ""} autoComplete="off" />
        <ComboBox.Trigger />
      </ComboBox.InputGroup>
      {hint !== undefined && <Description>{hint}</Description>}
      <FieldError>{problem}</FieldError>
      <ComboBox.Popover>
        <ListBox<Pick>
          renderEmptyState={() => <p className="px-2 py-1.5 text-muted">{props.emptyText}</p>}
        >
          {(item) => (
            <ListBox.Item id={item.id} textValue={item.text}>
              {item.content}
            </ListBox.Item>
          )}
        </ListBox>
      </ComboBox.Popover>
    </ComboBox>
  );
}
