import encodeQr from "qr";

/** Modules of quiet zone around the code. */
const BORDER = 4;

/** A QR code as SVG, black on white whatever the theme; `label` says what it leads to. */
export function QrCode(props: { readonly text: string; readonly label: string }) {
  const rows = encodeQr(props.text, "raw", { border: BORDER, ecc: "low" });
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="w-full max-w-80 rounded-lg bg-white"
    >
      <rect width={rows.length} height={rows.length} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
