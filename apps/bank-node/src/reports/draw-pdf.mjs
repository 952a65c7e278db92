// Draws one document in a thread of its own: laying a long table out takes seconds, which would
// keep the bank's other work waiting. Plain JavaScript, so that the thread needs no compiler.
import { parentPort, workerData } from "node:worker_threads";
import {
  Document,
  Page,
  Path,
  renderToBuffer,
  StyleSheet,
  Svg,
  Text,
  View,
} from "@react-pdf/renderer";
import encodeQr from "qr";
import { createElement } from "react";

const styles = StyleSheet.create({
  page: { padding: 36, paddingBottom: 48, fontFamily: "Helvetica", fontSize: 8, color: "#1a1a1a" },
  title: { fontSize: 15, marginBottom: 8 },
  fact: { flexDirection: "row", marginBottom: 2 },
  label: { width: 150, color: "#555555" },
  heading: { fontSize: 10, marginTop: 12, marginBottom: 4 },
  head: { flexDirection: "row", borderBottom: "1pt solid #1a1a1a", paddingBottom: 2 },
  row: { flexDirection: "row", borderBottom: "0.5pt solid #cccccc", paddingVertical: 2 },
  cell: { flexGrow: 1, flexBasis: 0, paddingRight: 4 },
  right: { flexGrow: 1, flexBasis: 0, paddingRight: 4, textAlign: "right" },
  qr: { marginTop: 12 },
  hint: { width: 260, color: "#555555" },
  footer: { position: "absolute", bottom: 20, left: 36, right: 36, color: "#555555" },
});

function cells(columns, texts) {
  return texts.map((text, at) =>
    createElement(
      Text,
      { key: at, style: columns[at]?.isRight ? styles.right : styles.cell },
      text,
    ),
  );
}

function section({ heading, columns, rows }, at) {
  const labels = columns.map(({ label }) => label);
  return createElement(
    View,
    { key: `section ${at}` },
    createElement(Text, { style: styles.heading }, heading),
    createElement(View, { style: styles.head, fixed: true }, ...cells(columns, labels)),
    ...rows.map((row, line) =>
      createElement(View, { key: line, style: styles.row, wrap: false }, ...cells(columns, row)),
    ),
  );
}

/** A QR code and what it is for; large, since a receipt's code has many modules. */
function qrCode({ text, hint }) {
  const rows = encodeQr(text, "raw", { border: 4, ecc: "low" });
  const d = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  const viewBox = `0 0 ${rows.length} ${rows.length}`;
  return createElement(
    View,
    { key: "qr", wrap: false, style: styles.qr },
    createElement(
      Svg,
      { viewBox, width: 260, height: 260 },
      createElement(Path, { d, fill: "#000" }),
    ),
    createElement(Text, { style: styles.hint }, hint),
  );
}

function sheet({ title, facts, sections, qr }) {
  return createElement(
    Document,
    { title },
    createElement(
      Page,
      { size: "A4", style: styles.page },
      createElement(Text, { style: styles.title }, title),
      ...facts.map(([label, value], at) =>
        createElement(
          View,
          { key: `fact ${at}`, style: styles.fact },
          createElement(Text, { style: styles.label }, label),
          createElement(Text, null, value),
        ),
      ),
      ...sections.map(section),
      ...(qr === null ? [] : [qrCode(qr)]),
      createElement(Text, {
        style: styles.footer,
        fixed: true,
        render: ({ pageNumber, totalPages }) => `${title}  ${pageNumber} / ${totalPages}`,
      }),
    ),
  );
}

const drawn = await renderToBuffer(sheet(workerData));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has none
parentPort?.postMessage(drawn);
