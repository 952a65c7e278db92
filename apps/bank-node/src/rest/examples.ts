/** Stands in the examples for ids that a bank gives; a test puts real ones in their place. */
export const exampleIds = {
  client: "019aa5f0-0000-7000-8000-000000000001",
  transfer: "019aa5f0-0000-7000-8000-000000000002",
  schedule: "019aa5f0-0000-7000-8000-000000000003",
  request: "019aa5f0-0000-7000-8000-000000000004",
  mandate: "019aa5f0-0000-7000-8000-000000000005",
} as const;

const CHECKING = "70001-0";
const ELSEWHERE = { bank: "verde", account: "70001-0", amountCentavos: 10_000 };
const PAYEE = { bank: "verde", account: "70001-0" };
const SIDES = {
  from: [{ bank: "azul", account: CHECKING, amountCentavos: 10_000 }],
  to: [ELSEWHERE],
};

/**
 * One working request for each procedure, in the order of a story at bank Azul: every one of them is
 * sent to a live node by a test, in this order. `/docs` shows them.
 */
export const restExamples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "status.get": {},
  "clients.create": { name: "Ana Souza", taxId: "529.982.247-25", email: "ana@example.com" },
  "clients.get": { id: exampleIds.client },
  "clients.update": { id: exampleIds.client, version: 1, phone: "+55 11 91234-5678" },
  "clients.history": { id: exampleIds.client },
  "clients.reveal": { id: exampleIds.client, reason: "Asked for at the counter" },
  "clients.list": { search: "Ana", limit: 10 },
  "accounts.open": {
    kind: "checking",
    holders: [exampleIds.client],
    number: CHECKING,
    openingDepositCentavos: 100_000,
  },
  "accounts.get": { number: CHECKING },
  "accounts.list": { search: "Ana", limit: 10 },
  "cash.deposit": { number: CHECKING, amountCentavos: 25_000, description: "Depósito" },
  "cash.withdraw": { number: CHECKING, amountCentavos: 5_000 },
  "accounts.changeTerms": {
    number: CHECKING,
    reason: "Asked for at the counter",
    overdraftCentavos: 50_000,
  },
  "cash.rules": {},
  "cash.setRules": { drawersRequired: false, withdrawalMaxCentavos: 500_000 },
  "cash.moveVault": { direction: "in", amountCentavos: 50_000, reason: "Supply for the day" },
  "cash.openDrawer": { floatCentavos: 20_000 },
  "cash.drawer": {},
  "cash.drawers": { openOnly: true },
  "cash.closeDrawer": { count: [{ valueCentavos: 10_000, pieces: 2 }] },
  "limits.set": {
    owner: { account: CHECKING },
    terms: { perTransactionCentavos: 900_000, perDayCentavos: null, perNightCentavos: 100_000 },
  },
  "limits.get": { owner: { account: CHECKING } },
  "transfers.preview": SIDES,
  "transfers.create": { ...SIDES, purpose: "Aluguel" },
  "transfers.get": { id: exampleIds.transfer },
  "transfers.receipt": { id: exampleIds.transfer },
  "transfers.branch": { id: exampleIds.transfer },
  "transfers.timeline": { id: exampleIds.transfer },
  "transfers.previewImport": { csv: `from;to;amount\nazul/${CHECKING};verde/70001-0;0,01\n` },
  "transfers.startImport": { csv: `from;to;amount\nazul/${CHECKING};verde/70001-0;0,01\n` },
  "jobs.list": { limit: 10 },
  "plans.create": {
    ...{ transfer: { ...SIDES, purpose: "Aluguel" }, firstAt: "2099-01-01T12:00:00.000Z" },
    ...{ every: "month", occurrences: 12 },
  },
  "plans.list": { limit: 10 },
  "plans.saveTemplate": { name: "Aluguel", transfer: { ...SIDES, purpose: "Aluguel" } },
  "plans.templates": {},
  "debits.list": { number: CHECKING },
  "listings.holders": { search: "Ana", limit: 10 },
  "listings.history": { number: CHECKING, limit: 10 },
  "listings.exportHolders": {},
  "listings.exportHistory": { kind: "deposit" },
  "exports.statement": {
    ...{ number: CHECKING, from: "2026-11-01", to: "2026-11-30", format: "csv", locale: "en" },
  },
  "exports.listing": { listing: { kind: "history", filter: { kind: "deposit" } } },
  "transfers.list": { account: CHECKING, limit: 10 },
  "transfers.inDoubt": {},
  "accounts.statement": { number: CHECKING, limit: 10 },
  "accounts.balanceAt": { number: CHECKING, at: "2026-11-21T12:00:00.000Z" },
  "loans.simulate": {
    ...{ system: "price", principalCentavos: 1_200_000, ratePpm: 120_000, ratePer: "year" },
    ...{ installments: 12, firstDueOn: "2099-01-31" },
  },
  "loans.create": {
    ...{ system: "sac", principalCentavos: 1_200_000, ratePpm: 15_000, ratePer: "month" },
    ...{ installments: 12, firstDueOn: "2099-01-31", disburseTo: CHECKING },
  },
  "loans.list": { limit: 10 },
  "interest.simulate": {
    ...{ amountCentavos: 998_000, yearlyRatePpm: 50_000 },
    ...{ from: "2026-01-01", to: "2027-01-01" },
  },
  "interest.applyRate": {
    ...{ number: CHECKING, yearlyRatePpm: 50_000 },
    ...{ from: "2025-11-21", to: "2026-11-21", reason: "Agreed in the contract" },
  },
  "interest.setRate": { kind: "savings", yearlyRatePpm: 61_700, since: "2026-01-01" },
  "interest.rates": {},
  "interest.run": { month: "2026-01" },
  "reports.account": { number: CHECKING, from: "2026-11-01", to: "2026-11-30" },
  "reports.day": { on: "2026-11-21" },
  "reports.trialBalance": {},
  "reports.file": {
    report: { kind: "statement", number: CHECKING, from: "2026-11-01", to: "2026-11-30" },
    ...{ format: "ofx", locale: "pt-BR" },
  },
  "reports.positions": {},
  "reports.settlements": { limit: 10 },
  "reports.match": { on: "2026-11-21" },
  "webhooks.create": {
    url: "https://hooks.example.com/pacto",
    types: ["posting.deposit", "pix.*"],
  },
  "webhooks.list": {},
  "pix.schedules.create": {
    ...{ account: CHECKING, to: PAYEE, amountCentavos: 15_000, description: "Aluguel" },
    ...{ firstOn: "2099-01-31", every: "month", occurrences: 12 },
  },
  "pix.schedules.get": { id: exampleIds.schedule },
  "pix.schedules.list": { limit: 10 },
  "pix.schedules.cancel": { id: exampleIds.schedule },
  "pix.requests.send": {
    ...{ account: CHECKING, payer: PAYEE, amountCentavos: 5_000, description: "Bolo", openDays: 7 },
  },
  "pix.requests.get": { id: exampleIds.request, side: "sender" },
  "pix.requests.list": { side: "sender", limit: 10 },
  "pix.requests.cancel": { id: exampleIds.request },
  "pix.mandates.propose": {
    ...{ account: CHECKING, payer: PAYEE },
    terms: { ceilingCentavos: 20_000, every: "month", startsOn: "2099-01-01" },
  },
  "pix.mandates.get": { id: exampleIds.mandate, side: "receiver" },
  "pix.mandates.list": { side: "receiver", limit: 10 },
  "pix.mandates.cancel": { id: exampleIds.mandate, side: "receiver" },
  "pix.claims.list": { limit: 10 },
  "pix.returns.list": { limit: 10 },
  "pix.returns.holds": { openOnly: true, limit: 10 },
  "accounts.block": { number: CHECKING, reason: "Card reported stolen", what: "debits" },
  "accounts.unblock": { number: CHECKING, reason: "Holder came in person" },
  "audit.events": { action: "cash.", limit: 10 },
  "audit.chain": {},
  "audit.verify": { from: 1 },
  "audit.witnessed": { bank: "verde", from: 1 },
  "audit.export": { from: 1 },
  "status.summary": {},
  "operations.drainState": {},
};
