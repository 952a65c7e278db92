import type { BenchReport } from "./run-bench.ts";
import type { Comparison } from "./comparison.ts";

const WIDTH = 860;
const ROW = 34;
const TOP = 56;
const LABELS = 330;
const BARS = WIDTH - LABELS - 90;

/**
 * The ratios as a picture (SVG): a bar from the least to the greatest with a mark at the middle
 * one, and a line at the target. Each row has its own scale, up to twice the target.
 */
export function drawChart({ at, pgbenchVersion, comparisons }: BenchReport): string {
  const height = TOP + ROW * comparisons.length + 16;
  const rows = comparisons.map((comparison, row) => drawRow(comparison, TOP + ROW * row));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(16, 24, "Pacto beside its references: ratios, in turns in one run", 'font-weight="600"'),
    text(
      16,
      42,
      `${at.slice(0, 10)} · ${pgbenchVersion} · the line is the target`,
      'fill="#6b7280"',
    ),
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

function drawRow({ name, ratio, target, isMet }: Comparison, top: number): string {
  const scale = BARS / Math.max((target?.value ?? 1) * 2, ratio.max * 1.05);
  const x = (value: number) => (LABELS + value * scale).toFixed(1);
  const colour = isMet === null ? "#6b7280" : isMet ? "#15803d" : "#b45309";
  const width = Math.max(2, (ratio.max - ratio.min) * scale).toFixed(1);
  const line = target === null ? "" : rect(x(target.value), top + 2, "1.5", 26, "#111827");
  return [
    text(16, top + 19, name),
    rect(String(LABELS), top + 8, (ratio.median * scale).toFixed(1), 14, `${colour}33`),
    rect(x(ratio.min), top + 12, width, 6, colour),
    line,
    text(WIDTH - 76, top + 19, ratio.median.toFixed(2), `fill="${colour}" font-weight="600"`),
  ].join("");
}

function rect(x: string, y: number, width: string, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}

function text(x: number, y: number, content: string, attributes = ""): string {
  const safe = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x}" y="${y}" ${attributes}>${safe}</text>`;
}
