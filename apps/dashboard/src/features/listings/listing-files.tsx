"use client";
import type { ExportListingInput } from "@pacto/contract";
import { useReachable } from "../../banks/banks.tsx";
import { bankClient } from "../../banks/client.tsx";
import { ExportButton } from "../../banks/export-button.tsx";
import { ExportWhole } from "../exports/export-whole.tsx";

/** A list as CSV: at once as far as it fits, or whole as long work. */
export function ListingFiles(props: {
  readonly bank: string;
  readonly label: string;
  readonly listing: ExportListingInput["listing"];
  readonly request: () => Promise<{
    readonly fileName: string;
    readonly csv: string;
    readonly isComplete: boolean;
  }>;
}) {
  const { bank, listing } = props;
  const isDisabled = !useReachable().has(bank);
  return (
    <>
      <ExportButton
        label={props.label}
        isDisabled={isDisabled}
        request={async () => {
          const { fileName: name, csv: content, isComplete } = await props.request();
          return { name, mediaType: "text/csv", content, isComplete };
        }}
      />
      <ExportWhole
        bank={bank}
        name={`${listing.kind}:${JSON.stringify(listing.filter)}`}
        formats={["csv"]}
        isDisabled={isDisabled}
        request={(_, idempotencyKey) =>
          bankClient(bank).exports.listing.mutate({ idempotencyKey, listing })
        }
      />
    </>
  );
}
