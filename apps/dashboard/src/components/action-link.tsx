import Link from "next/link";
import type { ReactNode } from "react";

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ActionLink(props: {
  readonly href: string;
  readonly children: ReactNode;
  readonly variant?: "primary" | "outline" | "ghost";
  readonly size?: "sm" | "md";
}) {
  const { href, children, variant = "outline", size = "md" } = props;
  return (
    <Link href={href} className={`button button--${variant} button--${size}`}>
      {children}
    </Link>
  );
}
