"use client";
import type { ComponentProps } from "react";
import { Input } from "react-aria-components/Input";

/**
 * The input of a text field. HeroUI's own brings its combo box along (60 KB of script) into every
 * form; this is React Aria's with HeroUI's look.
 */
export function PlainInput({ className = "", ...props }: InputProps) {
  return <Input {...props} className={`input input--primary w-full ${className}`} />;
}

type InputProps = Omit<ComponentProps<typeof Input>, "className"> & { className?: string };
