/** Line icons on a 16 × 16 grid; always beside a text or inside a labelled control. */
const paths = {
  overview: "M2 9.5 8 3l6 6.5M4 8v5.5h8V8",
  clients:
    "M8 8.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM3 13.5c.6-2.3 2.5-3.6 5-3.6s4.4 1.3 5 3.6",
  accounts: "M2 4h12v8.5H2zM2 7h12M4.5 10h3",
  cash: "M1.8 4.5h12.4v7H1.8zM8 9.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM4 6.5v3M12 6.5v3",
  transfers: "M2.5 5.5h10m-2.5-3 3 3-3 3M13.5 10.5h-10m2.5-3-3 3 3 3",
  inDoubt:
    "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.7-.9 1.3M8 11.2v.2",
  bell: "M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.5H2.8zM6.6 14h2.8",
  key: "M5.2 10.8a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM8 8h6M12 8v2.4",
  claim: "M3 8h8m-3-3 3 3-3 3M13.5 3v10",
  repeat:
    "M3 7a4.5 4.5 0 0 1 8-2l1.5 1.6M12.7 3.4v3.2H9.5M13 9a4.5 4.5 0 0 1-8 2L3.5 9.4M3.3 12.6V9.4h3.2",
  ask: "M2.5 3h11v7.5H7L4 13v-2.5H2.5zM6 6.8h4",
  shield: "M8 2.2 13 4v4.2c0 2.8-2 4.7-5 5.6-3-.9-5-2.8-5-5.6V4z",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  close: "m4 4 8 8m0-8-8 8",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm3.3-1.2L14 14",
  check: "m3 8.5 3.2 3.2L13 5",
  warning: "M8 2.5 14.5 13.5h-13zM8 6.5v3.2M8 11.4v.2",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6",
  lock: "M3.8 7.2h8.4v6.3H3.8zM5.5 7.2V5a2.5 2.5 0 0 1 5 0v2.2",
  chevron: "m6 3.5 4.5 4.5L6 12.5",
  back: "M10 3.5 5.5 8l4.5 4.5",
  arrow: "M2.5 8h11m-4-4 4 4-4 4",
  sun: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1",
  moon: "M13.2 9.8A5.6 5.6 0 0 1 6.2 2.8a5.6 5.6 0 1 0 7 7Z",
  system: "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
  refresh: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.6h-2.6",
  bank: "M2 6.2 8 2.8l6 3.4zM3.5 8v4M6.5 8v4M9.5 8v4M12.5 8v4M2 13.5h12",
  drawer: "M2 3.5h12v9H2zM2 8h12M6.5 5.8h3M6.5 10.3h3",
  loan: "M3.5 12.5 12.5 3.5M5 6.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2ZM11 12.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2Z",
  print: "M4.5 6V2.5h7V6M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7v4h-7z",
  download: "M8 2.5v8m-3.5-3L8 11l3.5-3.5M2.5 13.5h11",
  signature: "M2 12.5h12M3 9.5c2-6 4-7 4.5-5.5S5.5 9 5.5 9s2-2.5 3-2 .5 2 1.5 2 1.5-1 3-1",
  table: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 3v10",
  interest: "M2.5 12.5 6 8l3 2.5 4.5-6M10.5 4.5h3v3",
  report: "M4 2.5h5.5L12.5 5.5v8h-8.5zM6 8h4.5M6 10.5h4.5M6 5.5h2",
  webhook: "M3 8h4M9 4.5h4M9 11.5h4M7 8c1 0 1-3.5 2-3.5M7 8c1 0 1 3.5 2 3.5",
  pix: "m8 2 6 6-6 6-6-6zM5.5 8 8 5.5 10.5 8 8 10.5z",
  charge: "M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h1.5v1.5M13.5 9.5v4h-4",
  person: "M8 7.7a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM3 13.5c.6-2.6 2.5-4 5-4s4.4 1.4 5 4",
  lab: "M6.2 2.5h3.6M7 2.5v4L3.2 12.6a.9.9 0 0 0 .8 1.4h8a.9.9 0 0 0 .8-1.4L9 6.5v-4M5 10.2h6",
} as const;

export type IconName = keyof typeof paths;

export function Icon(props: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`size-4 shrink-0 ${props.className ?? ""}`}
    >
      <path d={paths[props.name]} />
    </svg>
  );
}
