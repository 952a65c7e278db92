"use client";
import { Button } from "@heroui/react/button";
import { Modal } from "@heroui/react/modal";
import type { FormEvent, ReactNode } from "react";

/** A summary to read, or a few fields to fill in, before something is done. */
export function ConfirmDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmText: string;
  readonly cancelText: string;
  readonly onConfirm: () => void;
  /** There are fields: the first one has the keyboard, and Enter in it confirms. */
  readonly isForm?: boolean;
}) {
  const { isForm = false } = props;
  function submit(event: FormEvent) {
    event.preventDefault();
    // React hands an event of a dialog on to the form around the dialog's place in the page.
    event.stopPropagation();
    props.onConfirm();
  }
  return (
    <Modal.Backdrop isOpen={props.isOpen} onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Modal.Container size="md" placement="center">
        <Modal.Dialog role={isForm ? "dialog" : "alertdialog"}>
          <form onSubmit={submit} noValidate className="contents">
            <Modal.Header>
              <Modal.Heading>{props.title}</Modal.Heading>
            </Modal.Header>
            <Modal.Body>{props.children}</Modal.Body>
            <Modal.Footer>
              <Button variant="ghost" onPress={props.onClose}>
                {props.cancelText}
              </Button>
              <Button type="submit" variant="primary" autoFocus={!isForm}>
                {props.confirmText}
              </Button>
            </Modal.Footer>
          </form>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
