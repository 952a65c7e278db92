/** Texts of approvals; `portuguese.ts` beside it has the same ones. */
export const english = {
  group: "what takes two persons: one asks, another decides",
  list: "requests of a bank, newest first",
  show: "one request, with exactly what would be done",
  approve: "approve a request that another person made, which does it at once",
  reject: "decline a request that another person made",
  withdraw: "take your own request back",
  options: {
    all: "decided ones too",
    as: "who decides (otherwise the local consortium's identity)",
    note: "a remark for the colleague",
    ask: "ask a second person to allow this, and say why, instead of doing it",
  },
  columns: {
    id: "ID",
    what: "WHAT",
    status: "STATUS",
    by: "BY",
    at: "WHEN",
    reason: "WHY",
    until: "UNTIL",
    decidedBy: "DECIDED BY",
    asked: "ASKED",
  },
  statuses: {
    open: "open",
    approved: "approved, being done",
    executed: "approved and done",
    refused: "approved, but could not be done",
    rejected: "declined",
    withdrawn: "withdrawn",
    expired: "expired",
  },
  asked: (bank: string, id: string) =>
    `Asked for. Nothing is done until a colleague decides: pacto approval approve ${bank}/${id}`,
  hint: 'Ask for it with the same command and --ask-approval "why".',
  notApprovable: (verb: string) => `No second person can allow ${verb}: it takes none.`,
};
