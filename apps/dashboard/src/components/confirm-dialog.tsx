"use client";
import { Button } from "@heroui/react/button";
import { Modal } from "@heroui/react/modal";
import type { ReactNode } from "react";

/** A summary to read before something that cannot be taken back is done. */
export function ConfirmDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmText: string;
  readonly cancelText: string;
  readonly onConfirm: () => void;
}) {
  return (
    <Modal.Backdrop isOpen={props.isOpen} onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Modal.Container size="md" placement="center">
        <Modal.Dialog role="alertdialog">
          <Modal.Header>
            <Modal.Heading>{props.title}</Modal.Heading>
          </Modal.Header>
          <Modal.Body>{props.children}</Modal.Body>
          <Modal.Footer>
            <Button variant="ghost" onPress={props.onClose}>
              {props.cancelText}
            </Button>
            <Button variant="primary" autoFocus onPress={props.onConfirm}>
              {props.confirmText}
            </Button>
          </Modal.Footer>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
