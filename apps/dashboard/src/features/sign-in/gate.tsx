"use client";
import { Modal } from "@heroui/react/modal";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useSession } from "./session.tsx";
import { SignIn } from "./sign-in.tsx";

/**
 * Nothing of a bank is shown to somebody who has not signed in. When a session ends under their
 * hands the page stays as it is, behind the sign-in.
 */
export function SignInGate({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("signIn");
  const { state } = useSession();
  if (state.kind === "asking") return <p role="status" aria-label={t("reading")} />;
  if (state.kind === "out") return <SignIn />;
  return (
    <>
      {children}
      <Modal.Backdrop
        isOpen={state.kind === "ended"}
        isDismissable={false}
        isKeyboardDismissDisabled
      >
        <Modal.Container size="md" placement="center">
          <Modal.Dialog aria-label={t("title")}>
            <Modal.Body>
              <SignIn hasEnded />
            </Modal.Body>
          </Modal.Dialog>
        </Modal.Container>
      </Modal.Backdrop>
    </>
  );
}
