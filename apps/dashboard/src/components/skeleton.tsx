/** Quiet bars while something is read for the first time. */
export function Skeleton(props: { readonly rows?: number; readonly label: string }) {
  const rows = Array.from({ length: props.rows ?? 4 }, (_, row) => row);
  return (
    <div role="status" aria-label={props.label} className="flex flex-col gap-2 py-1">
      {rows.map((row) => (
        <div key={row} className="h-7 rounded bg-default motion-safe:animate-pulse" />
      ))}
    </div>
  );
}
