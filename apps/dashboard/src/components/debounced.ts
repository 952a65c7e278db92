"use client";
import { useEffect, useState } from "react";

/** The value once it has rested for `restMs`; what one types asks the banks not at every key. */
export function useDebounced<T>(value: T, restMs = 200): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}
