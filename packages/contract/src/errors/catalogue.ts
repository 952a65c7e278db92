/** tRPC codes, and with them HTTP statuses, that a refusal may take at the edge. */
export type EdgeCode =
  | "BAD_REQUEST"
  | "NOT_FOUND"
  | "CONFLICT"
  | "PRECONDITION_FAILED"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "TOO_MANY_REQUESTS"
  | "SERVICE_UNAVAILABLE"
  | "TIMEOUT";

interface RefusalEntry {
  readonly edge: EdgeCode;
  /** ISO 20022 external status reason, where one exists. */
  readonly iso?: string;
  readonly en: string;
  readonly "pt-BR": string;
}

/**
 * Every refusal that Pacto gives: what happened and what to do, in both languages.
 * `{name}` takes a detail; details that end in `Centavos` are written as money.
 */
export const refusalCatalogue = {
  "sign-in-refused": {
    edge: "UNAUTHORIZED",
    en: "The e-mail, the password or the code is not right. Check them and try again; after five failures the sign-in rests for 15 minutes.",
    "pt-BR":
      "O e-mail, a senha ou o código não confere. Confira e tente de novo; depois de cinco erros a entrada fica suspensa por 15 minutos.",
  },
  "sign-in-locked": {
    edge: "TOO_MANY_REQUESTS",
    en: "Too many failures to sign in. Try again in {minutes} minutes, or ask whoever administers users.",
    "pt-BR":
      "Houve erros demais ao entrar. Tente de novo em {minutes} minutos ou fale com quem administra os usuários.",
  },
  "session-ended": {
    edge: "UNAUTHORIZED",
    en: "Your session has ended. Sign in again; what you typed is kept.",
    "pt-BR": "A sua sessão terminou. Entre de novo; o que você digitou foi guardado.",
  },
  "session-not-found": {
    edge: "NOT_FOUND",
    en: "This session is no longer open. Read the list again.",
    "pt-BR": "Esta sessão já não está aberta. Leia a lista de novo.",
  },
  "second-factor-needed": {
    edge: "PRECONDITION_FAILED",
    en: "A second factor is needed first. Finish signing in with the code of your authenticator app.",
    "pt-BR":
      "Falta o segundo fator. Conclua a entrada com o código do seu aplicativo autenticador.",
  },
  "password-weak": {
    edge: "BAD_REQUEST",
    en: "This password is easy to guess or well known. Use at least 12 characters, for instance four words that do not belong together.",
    "pt-BR":
      "Esta senha é conhecida ou fácil de adivinhar. Use ao menos 12 caracteres, por exemplo quatro palavras sem relação.",
  },
  "factor-enrolled": {
    edge: "CONFLICT",
    en: "A second factor is enrolled already. Whoever administers users can reset it.",
    "pt-BR": "Já há um segundo fator cadastrado. Quem administra os usuários pode refazê-lo.",
  },
  "account-not-found": {
    edge: "NOT_FOUND",
    iso: "AC03",
    en: "There is no account {account} at bank {bank}. Check the number and its check digit.",
    "pt-BR": "Não há conta {account} no banco {bank}. Confira o número e o dígito.",
  },
  "client-not-found": {
    edge: "NOT_FOUND",
    en: "This client does not exist at bank {bank}. Search for it by name, CPF or CNPJ.",
    "pt-BR": "Este cliente não existe no banco {bank}. Procure pelo nome, CPF ou CNPJ.",
  },
  "transfer-not-found": {
    edge: "NOT_FOUND",
    en: "There is no transfer {id} at bank {bank}.",
    "pt-BR": "Não há transferência {id} no banco {bank}.",
  },
  "account-closed": {
    edge: "PRECONDITION_FAILED",
    iso: "AC07",
    en: "Account {account} at bank {bank} is closed. Use another account.",
    "pt-BR": "A conta {account} do banco {bank} está encerrada. Use outra conta.",
  },
  "debits-blocked": {
    edge: "PRECONDITION_FAILED",
    iso: "AC06",
    en: "Account {account} at bank {bank} is blocked for debits.",
    "pt-BR": "A conta {account} do banco {bank} está bloqueada para débitos.",
  },
  "credits-blocked": {
    edge: "PRECONDITION_FAILED",
    iso: "AC06",
    en: "Account {account} at bank {bank} is blocked for credits.",
    "pt-BR": "A conta {account} do banco {bank} está bloqueada para créditos.",
  },
  "insufficient-funds": {
    edge: "PRECONDITION_FAILED",
    iso: "AM04",
    en: "Account {account} at bank {bank} lacks {missingCentavos}: {availableCentavos} is available.",
    "pt-BR":
      "Faltam {missingCentavos} na conta {account} do banco {bank}: há {availableCentavos} disponíveis.",
  },
  "limit-exceeded": {
    edge: "PRECONDITION_FAILED",
    iso: "AM02",
    en: "The limit of account {account} at bank {bank} ({period}: {limitCentavos}) leaves {leftCentavos}. Take less, wait for the next period, or ask for a higher limit.",
    "pt-BR":
      "O limite da conta {account} do banco {bank} ({periodPt}: {limitCentavos}) deixa {leftCentavos}. Use um valor menor, espere o próximo período ou peça um limite maior.",
  },
  "second-signature-needed": {
    edge: "PRECONDITION_FAILED",
    en: "Both holders sign for account {account} at bank {bank}. Ask for the debit there, and let the second holder confirm it.",
    "pt-BR":
      "A conta {account} do banco {bank} exige a assinatura dos dois titulares. Peça o débito nesse banco e deixe o segundo titular confirmar.",
  },
  "ceiling-exceeded": {
    edge: "PRECONDITION_FAILED",
    iso: "AM02",
    en: "Account {account} at bank {bank} would pass its maximum balance by {excessCentavos}; it has room for {roomCentavos}.",
    "pt-BR":
      "A conta {account} do banco {bank} passaria do saldo máximo em {excessCentavos}; cabem {roomCentavos}.",
  },
  "same-account-both-sides": {
    edge: "BAD_REQUEST",
    en: "Account {account} at bank {bank} is on both sides. Choose another account on one of them.",
    "pt-BR": "A conta {account} do banco {bank} está nos dois lados. Escolha outra em um deles.",
  },
  "amount-not-positive": {
    edge: "BAD_REQUEST",
    iso: "AM01",
    en: "Every amount must be more than zero.",
    "pt-BR": "Todo valor deve ser maior que zero.",
  },
  "amount-too-large": {
    edge: "BAD_REQUEST",
    iso: "AM02",
    en: "The amount is larger than the system can keep.",
    "pt-BR": "O valor é maior do que o sistema pode guardar.",
  },
  unbalanced: {
    edge: "BAD_REQUEST",
    iso: "AM12",
    en: "What leaves the accounts differs from what arrives by {differenceCentavos}. Make both sides equal.",
    "pt-BR":
      "O que sai das contas difere do que chega em {differenceCentavos}. Iguale os dois lados.",
  },
  "no-legs": {
    edge: "BAD_REQUEST",
    en: "A posting needs at least one account on each side.",
    "pt-BR": "Um lançamento precisa de ao menos uma conta de cada lado.",
  },
  "unknown-bank": {
    edge: "BAD_REQUEST",
    iso: "DS27",
    en: "Bank {bank} is not a member of the consortium.",
    "pt-BR": "O banco {bank} não é membro do consórcio.",
  },
  "idempotency-conflict": {
    edge: "CONFLICT",
    en: "This idempotency key was used for another request (they differ in {differsIn}). Use a new key for a new request.",
    "pt-BR":
      "Esta chave de idempotência já foi usada em outro pedido (diferem em {differsIn}). Use uma chave nova para um pedido novo.",
  },
  "tax-id-invalid": {
    edge: "BAD_REQUEST",
    iso: "CH11",
    en: "This CPF or CNPJ is not valid: {reason}.",
    "pt-BR": "Este CPF ou CNPJ não é válido: {reasonPt}.",
  },
  "tax-id-taken": {
    edge: "CONFLICT",
    en: "Bank {bank} already has a client with this CPF or CNPJ. Open the client instead of creating it again.",
    "pt-BR":
      "O banco {bank} já tem um cliente com este CPF ou CNPJ. Abra o cliente em vez de criá-lo de novo.",
  },
  "representatives-of-company": {
    edge: "BAD_REQUEST",
    en: "Only a company has legal representatives, and each of them is a person with a CPF.",
    "pt-BR": "Só pessoa jurídica tem representantes legais, e cada um é uma pessoa com CPF.",
  },
  "changed-meanwhile": {
    edge: "CONFLICT",
    en: "Somebody else changed this meanwhile (it is at version {version} now). Load it again and repeat your change.",
    "pt-BR":
      "Outra pessoa alterou isto nesse meio-tempo (agora na versão {version}). Recarregue e repita a alteração.",
  },
  "client-inactive": {
    edge: "PRECONDITION_FAILED",
    en: "This client of bank {bank} is not active. Make the client active again first.",
    "pt-BR": "Este cliente do banco {bank} não está ativo. Reative o cliente antes.",
  },
  "account-number-taken": {
    edge: "CONFLICT",
    en: "Bank {bank} already has an account {account}. Choose another number, or leave it to the bank.",
    "pt-BR":
      "O banco {bank} já tem a conta {account}. Escolha outro número ou deixe a critério do banco.",
  },
  "account-number-invalid": {
    edge: "BAD_REQUEST",
    iso: "AC01",
    en: "{account} is not an account number: the check digit does not fit. Check each digit.",
    "pt-BR": "{account} não é um número de conta: o dígito não confere. Confira cada dígito.",
  },
  "account-not-empty": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} still has {balanceCentavos}. Name an account for the payout, or bring it to zero first.",
    "pt-BR":
      "A conta {account} ainda tem {balanceCentavos}. Indique uma conta para receber o saldo ou zere-a antes.",
  },
  "account-has-holds": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} has money promised to transfers that are not decided yet. Close it when they are.",
    "pt-BR":
      "A conta {account} tem valores reservados por transferências sem decisão. Encerre-a depois delas.",
  },
  "account-active": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} is not closed; there is nothing to reopen.",
    "pt-BR": "A conta {account} não está encerrada; não há o que reabrir.",
  },
  "overdraft-in-use": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} uses {usedCentavos} of its overdraft, so it cannot be lowered below that.",
    "pt-BR":
      "A conta {account} usa {usedCentavos} do cheque especial, que não pode ficar abaixo disso.",
  },
  "ceiling-below-balance": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} holds {balanceCentavos}, more than the new maximum balance.",
    "pt-BR": "A conta {account} tem {balanceCentavos}, mais do que o novo saldo máximo.",
  },
  "drawer-not-open": {
    edge: "PRECONDITION_FAILED",
    en: "You have no open drawer. Open your drawer first.",
    "pt-BR": "Você não tem um caixa aberto. Abra o seu caixa antes.",
  },
  "drawer-open": {
    edge: "PRECONDITION_FAILED",
    en: "Your drawer is already open. Close it before you open it again.",
    "pt-BR": "O seu caixa já está aberto. Feche-o antes de abri-lo de novo.",
  },
  "receiving-drawer-not-open": {
    edge: "PRECONDITION_FAILED",
    en: "The other teller has no open drawer, or it is your own. Choose a colleague whose drawer is open.",
    "pt-BR":
      "O outro atendente não tem um caixa aberto, ou é o seu próprio. Escolha um colega com o caixa aberto.",
  },
  "drawer-short": {
    edge: "PRECONDITION_FAILED",
    en: "There is not enough cash in your drawer. Ask for more from the vault or a colleague.",
    "pt-BR": "Não há dinheiro bastante no seu caixa. Peça mais ao cofre ou a um colega.",
  },
  "vault-short": {
    edge: "PRECONDITION_FAILED",
    en: "There is not enough cash in the vault. Supply the vault first.",
    "pt-BR": "Não há dinheiro bastante no cofre. Abasteça o cofre antes.",
  },
  "withdrawal-too-large": {
    edge: "PRECONDITION_FAILED",
    iso: "AM02",
    en: "One withdrawal hands out at most {limitCentavos}. Use a transfer for more.",
    "pt-BR": "Um saque entrega no máximo {limitCentavos}. Para mais, use uma transferência.",
  },
  "posting-not-found": {
    edge: "NOT_FOUND",
    en: "There is no cash operation {posting} at bank {bank}.",
    "pt-BR": "Não há operação de caixa {posting} no banco {bank}.",
  },
  "already-reversed": {
    edge: "PRECONDITION_FAILED",
    en: "{id} was already reversed, or is a reversal itself.",
    "pt-BR": "{id} já foi estornada, ou é ela mesma um estorno.",
  },
  "not-a-holder": {
    edge: "FORBIDDEN",
    en: "This person is not a holder of account {account}. Only a holder may ask for a debit.",
    "pt-BR": "Esta pessoa não é titular da conta {account}. Só um titular pode pedir um débito.",
  },
  "same-holder": {
    edge: "FORBIDDEN",
    en: "The holder who asked cannot also confirm. The other holder of account {account} signs.",
    "pt-BR":
      "O titular que pediu não pode também confirmar. Quem assina é o outro titular da conta {account}.",
  },
  "debit-not-found": {
    edge: "NOT_FOUND",
    en: "This request for a debit does not exist.",
    "pt-BR": "Este pedido de débito não existe.",
  },
  "debit-not-open": {
    edge: "PRECONDITION_FAILED",
    en: "This request for a debit was already decided.",
    "pt-BR": "Este pedido de débito já foi decidido.",
  },
  "request-not-of-account": {
    edge: "BAD_REQUEST",
    en: "The request takes nothing from account {account}. Name the account that pays.",
    "pt-BR": "O pedido não tira nada da conta {account}. Indique a conta que paga.",
  },
  "not-reversible": {
    edge: "PRECONDITION_FAILED",
    en: "Transfer {id} moved nothing yet, so there is nothing to take back.",
    "pt-BR": "A transferência {id} ainda não moveu nada; não há o que estornar.",
  },
  "retry-window-over": {
    edge: "PRECONDITION_FAILED",
    en: "The bank was away when this was due, and its retry window is over. Make the transfer by hand if it is still wanted.",
    "pt-BR":
      "O banco estava fora do ar no horário marcado e o prazo de novas tentativas acabou. Faça a transferência manualmente, se ainda for desejada.",
  },
  "plan-not-found": {
    edge: "NOT_FOUND",
    en: "This scheduled transfer does not exist.",
    "pt-BR": "Esta transferência agendada não existe.",
  },
  "plan-not-active": {
    edge: "PRECONDITION_FAILED",
    en: "This scheduled transfer has ended or was cancelled already.",
    "pt-BR": "Esta transferência agendada já terminou ou foi cancelada.",
  },
  "template-not-found": {
    edge: "NOT_FOUND",
    en: "This template does not exist any more.",
    "pt-BR": "Este modelo não existe mais.",
  },
  "job-not-found": {
    edge: "NOT_FOUND",
    en: "This job does not exist.",
    "pt-BR": "Este trabalho não existe.",
  },
  "job-ended": {
    edge: "PRECONDITION_FAILED",
    en: "This job has ended already; there is nothing to cancel.",
    "pt-BR": "Este trabalho já terminou; não há o que cancelar.",
  },
  "export-not-ready": {
    edge: "PRECONDITION_FAILED",
    en: "This part of the export has not been written yet. Wait until the job is done.",
    "pt-BR": "Esta parte da exportação ainda não foi escrita. Espere o trabalho terminar.",
  },
  "export-expired": {
    edge: "PRECONDITION_FAILED",
    en: "The files of this export were kept for {days} days and are gone. Export again.",
    "pt-BR":
      "Os arquivos desta exportação ficaram guardados por {days} dias e não existem mais. Exporte de novo.",
  },
  "export-too-large": {
    edge: "BAD_REQUEST",
    en: "That would be {lines} lines, more than one export may hold. Narrow the filter or ask for fewer days.",
    "pt-BR":
      "Seriam {lines} linhas, mais do que cabe em uma exportação. Restrinja o filtro ou peça menos dias.",
  },
  "import-line-unreadable": {
    edge: "BAD_REQUEST",
    en: "Line {line} cannot be read. The columns are from, to, amount, purpose; accounts as bank/number, amounts above zero; at most 500 lines.",
    "pt-BR":
      "A linha {line} não pôde ser lida. As colunas são from, to, amount, purpose; contas como banco/número, valores acima de zero; no máximo 500 linhas.",
  },
  "joint-needs-two-holders": {
    edge: "BAD_REQUEST",
    en: "A joint account has two different holders, every other kind has one.",
    "pt-BR": "A conta conjunta tem dois titulares diferentes; as outras têm um.",
  },
  "kind-needs-company": {
    edge: "BAD_REQUEST",
    en: "A business account belongs to a company; checking, savings and joint accounts belong to individuals.",
    "pt-BR":
      "A conta empresarial é de pessoa jurídica; corrente, poupança e conjunta são de pessoas físicas.",
  },
  "not-a-loan": {
    edge: "NOT_FOUND",
    en: "{account} is not a loan of bank {bank}. Check the number, or look it up among the loans.",
    "pt-BR": "{account} não é um empréstimo do banco {bank}. Confira o número ou procure na lista.",
  },
  "loan-account": {
    edge: "PRECONDITION_FAILED",
    en: "{account} is the account of a loan: only payments reach it. Choose another account.",
    "pt-BR": "{account} é a conta de um empréstimo e só recebe pagamentos. Escolha outra conta.",
  },
  "loan-overpaid": {
    edge: "PRECONDITION_FAILED",
    iso: "AM12",
    en: "This pays more than is owed on loan {account}: {debtCentavos} at most.",
    "pt-BR": "O pagamento passa do que se deve no empréstimo {account}: no máximo {debtCentavos}.",
  },
  "loan-paid": {
    edge: "PRECONDITION_FAILED",
    en: "Nothing is owed on loan {account} any more.",
    "pt-BR": "Não se deve mais nada no empréstimo {account}.",
  },
  "check-already-used": {
    edge: "CONFLICT",
    en: "Check {check} of {drawer} was used before. A check pays once: ask for another one.",
    "pt-BR": "O cheque {check} de {drawer} já foi usado. Um cheque paga uma vez: peça outro.",
  },
  "rate-not-positive": {
    edge: "BAD_REQUEST",
    en: "A rate must be more than zero.",
    "pt-BR": "A taxa precisa ser maior que zero.",
  },
  "rate-too-high": {
    edge: "BAD_REQUEST",
    en: "A rate may be 100 % a month at most.",
    "pt-BR": "A taxa pode ser de no máximo 100 % ao mês.",
  },
  "rate-not-set": {
    edge: "PRECONDITION_FAILED",
    en: "No interest rate holds in {month}. Set one first.",
    "pt-BR": "Nenhuma taxa de juros vale em {month}. Defina uma antes.",
  },
  "rate-in-the-past": {
    edge: "PRECONDITION_FAILED",
    en: "Interest is posted until {until} already, and what is posted does not change. Choose a day from then on.",
    "pt-BR":
      "Os juros já foram lançados até {until}, e o que foi lançado não muda. Escolha um dia a partir daí.",
  },
  "rate-already-set": {
    edge: "CONFLICT",
    en: "A rate for {since} was set before. Choose another day.",
    "pt-BR": "Já foi definida uma taxa para {since}. Escolha outro dia.",
  },
  "month-not-over": {
    edge: "PRECONDITION_FAILED",
    en: "{month} is not over yet: interest is posted once the month has ended.",
    "pt-BR": "{month} ainda não acabou: os juros são lançados depois do fim do mês.",
  },
  "interest-already-applied": {
    edge: "CONFLICT",
    en: "Account {account} has had interest for the time from {from} already. A time bears interest once.",
    "pt-BR":
      "A conta {account} já recebeu juros pelo período desde {from}. Um período rende juros uma vez.",
  },
  "interest-too-small": {
    edge: "PRECONDITION_FAILED",
    en: "On a balance of {balanceCentavos} this comes to less than one centavo: there is nothing to post.",
    "pt-BR":
      "Sobre um saldo de {balanceCentavos} isto dá menos de um centavo: não há o que lançar.",
  },
  "period-backwards": {
    edge: "BAD_REQUEST",
    en: "The period must end after it begins, within a hundred years.",
    "pt-BR": "O período precisa terminar depois de começar, em no máximo cem anos.",
  },
  "format-not-for-report": {
    edge: "BAD_REQUEST",
    en: "OFX exists for statements of accounts only. Choose another format.",
    "pt-BR": "OFX existe só para extratos de contas. Escolha outro formato.",
  },
  "settlement-open": {
    edge: "PRECONDITION_FAILED",
    en: "The banks' positions do not sum to zero yet: transfers are on their way. Settle again in a moment.",
    "pt-BR":
      "As posições dos bancos ainda não somam zero: há transferências em andamento. Liquide de novo em instantes.",
  },
  "nothing-to-settle": {
    edge: "PRECONDITION_FAILED",
    en: "Every bank's position is zero: there is nothing to settle.",
    "pt-BR": "A posição de todos os bancos é zero: não há o que liquidar.",
  },
  "position-moved": {
    edge: "PRECONDITION_FAILED",
    en: "The position of bank {bank} has changed since the settlement was made up. Settle again.",
    "pt-BR":
      "A posição do banco {bank} mudou desde que a liquidação foi preparada. Liquide de novo.",
  },
  "settlement-not-found": {
    edge: "NOT_FOUND",
    en: "There is no settlement {id} at bank {bank}.",
    "pt-BR": "Não há liquidação {id} no banco {bank}.",
  },
  "webhook-url-not-allowed": {
    edge: "PRECONDITION_FAILED",
    en: "The operator of this bank has not allowed this address for webhooks. Ask the operator to add it.",
    "pt-BR":
      "O operador deste banco não permitiu este endereço para webhooks. Peça ao operador que o inclua.",
  },
  "webhook-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such webhook at this bank, or it was removed.",
    "pt-BR": "Este webhook não existe neste banco ou foi removido.",
  },
  "too-many-webhooks": {
    edge: "PRECONDITION_FAILED",
    en: "This bank has as many webhooks as it may have. Remove one that nobody needs.",
    "pt-BR": "Este banco já tem todos os webhooks que pode ter. Remova um que ninguém use.",
  },
  "first-due-too-early": {
    edge: "BAD_REQUEST",
    en: "The first installment falls due after today at the earliest. Choose a later day.",
    "pt-BR": "A primeira parcela vence a partir de amanhã. Escolha um dia posterior.",
  },
  "prepare-timeout": {
    edge: "TIMEOUT",
    iso: "AB03",
    en: "Not every bank answered in time, so nothing was moved. Try again when all are online.",
    "pt-BR":
      "Nem todos os bancos responderam a tempo, então nada foi movido. Tente de novo quando todos estiverem online.",
  },
  "banks-silent": {
    edge: "TIMEOUT",
    iso: "AB03",
    en: "No answer in time from {banks}, so nothing was moved. Try again when all banks are online.",
    "pt-BR":
      "Sem resposta a tempo de {banks}, então nada foi movido. Tente de novo quando todos os bancos estiverem online.",
  },
  "presumed-abort": {
    edge: "TIMEOUT",
    iso: "AB03",
    en: "The coordinating bank has no decision for this transfer, so it counts as given up. Nothing was moved.",
    "pt-BR":
      "O banco coordenador não tem decisão para esta transferência, então ela conta como abandonada. Nada foi movido.",
  },
  "aborted-by-register": {
    edge: "TIMEOUT",
    iso: "AB03",
    en: "The coordinating bank stopped in the middle, and the witnesses gave the transfer up. Nothing was moved.",
    "pt-BR":
      "O banco coordenador parou no meio, e as testemunhas abandonaram a transferência. Nada foi movido.",
  },
  "prepare-too-late": {
    edge: "TIMEOUT",
    iso: "AB09",
    en: "The request reached bank {bank} too late, so nothing was moved. Try again.",
    "pt-BR": "O pedido chegou tarde ao banco {bank}, então nada foi movido. Tente de novo.",
  },
  "transaction-misdated": {
    edge: "CONFLICT",
    iso: "AB09",
    en: "The clocks of bank {bank} and bank {coordinator} differ too much, so nothing was moved. Try again, and tell the operator if it goes on.",
    "pt-BR":
      "Os relógios do banco {bank} e do banco {coordinator} diferem demais, então nada foi movido. Tente de novo e avise o operador se continuar.",
  },
  "bank-recovering": {
    edge: "SERVICE_UNAVAILABLE",
    iso: "AB09",
    en: "Bank {bank} is recovering and does not take part in new transfers yet. Try again in a moment.",
    "pt-BR":
      "O banco {bank} está se recuperando e ainda não participa de novas transferências. Tente de novo em instantes.",
  },
  "bank-draining": {
    edge: "SERVICE_UNAVAILABLE",
    iso: "AB09",
    en: "Bank {bank} is being stopped and takes no new transfers. Try again later.",
    "pt-BR":
      "O banco {bank} está sendo desligado e não aceita novas transferências. Tente de novo mais tarde.",
  },
  "peer-exposure": {
    edge: "TOO_MANY_REQUESTS",
    iso: "AM02",
    en: "Bank {bank} already holds as much for bank {coordinator} as it allows. Wait until some of its transfers are decided.",
    "pt-BR":
      "O banco {bank} já reserva para o banco {coordinator} tudo o que permite. Espere que algumas transferências dele sejam decididas.",
  },
  "other-decider": {
    edge: "PRECONDITION_FAILED",
    en: "Bank {coordinator} wanted other banks to decide than the manifest of bank {bank} names. Compare the manifests of both banks.",
    "pt-BR":
      "O banco {coordinator} indicou, para decidir, outros bancos que não os do manifesto do banco {bank}. Comparem os manifestos dos dois bancos.",
  },
  "too-many-branches": {
    edge: "PRECONDITION_FAILED",
    iso: "AG03",
    en: "Bank {bank} takes part in transfers of at most {most} banks. Split the transfer.",
    "pt-BR":
      "O banco {bank} participa de transferências de no máximo {most} bancos. Divida a transferência.",
  },
  "not-in-doubt": {
    edge: "PRECONDITION_FAILED",
    en: "Transfer {id} is not in doubt at bank {bank}; there is nothing to force.",
    "pt-BR":
      "A transferência {id} não está pendente de decisão no banco {bank}; não há o que forçar.",
  },
  "truth-available": {
    edge: "PRECONDITION_FAILED",
    en: "{banks} can still tell the outcome. Wait for the decision: it must not be forced.",
    "pt-BR":
      "{banks} ainda podem informar o resultado. Espere a decisão: ela não pode ser forçada.",
  },
  "request-open": {
    edge: "CONFLICT",
    en: "There is already an open request for transfer {id}. Decide it first.",
    "pt-BR": "Já há um pedido aberto para a transferência {id}. Decida-o primeiro.",
  },
  "request-not-open": {
    edge: "PRECONDITION_FAILED",
    en: "This request does not exist or was already decided.",
    "pt-BR": "Este pedido não existe ou já foi decidido.",
  },
  "own-request": {
    edge: "FORBIDDEN",
    en: "You made this request, so another person has to decide it.",
    "pt-BR": "Você fez este pedido, então outra pessoa precisa decidi-lo.",
  },
  "approval-needed": {
    edge: "PRECONDITION_FAILED",
    en: "This takes two persons at bank {bank}. Ask for an approval; a colleague decides it.",
    "pt-BR": "Isto exige duas pessoas no banco {bank}. Peça uma aprovação; um colega a decide.",
  },
  "approval-not-found": {
    edge: "NOT_FOUND",
    en: "This approval request does not exist at bank {bank}.",
    "pt-BR": "Este pedido de aprovação não existe no banco {bank}.",
  },
  "approval-open": {
    edge: "CONFLICT",
    en: "A request about the same thing is already open. Decide or withdraw it first.",
    "pt-BR": "Já há um pedido aberto sobre o mesmo assunto. Decida-o ou retire-o primeiro.",
  },
  "approval-changed": {
    edge: "CONFLICT",
    en: "What you read is not what was asked for. Read the request again before you decide.",
    "pt-BR": "O que você leu não é o que foi pedido. Leia o pedido de novo antes de decidir.",
  },
  "approval-expired": {
    edge: "PRECONDITION_FAILED",
    en: "This request has expired. Ask for it again.",
    "pt-BR": "Este pedido expirou. Faça-o de novo.",
  },
  "inquired-before-prepare": {
    edge: "CONFLICT",
    iso: "AB09",
    en: "Another bank asked about this transfer before bank {bank} had voted, so it was given up. Nothing was moved.",
    "pt-BR":
      "Outro banco perguntou por esta transferência antes do voto do banco {bank}, então ela foi abandonada. Nada foi movido.",
  },
  refused: {
    edge: "PRECONDITION_FAILED",
    iso: "ED05",
    en: "Bank {bank} refused ({reason}). Nothing was moved.",
    "pt-BR": "O banco {bank} recusou ({reason}). Nada foi movido.",
  },
  "bank-unreachable": {
    edge: "SERVICE_UNAVAILABLE",
    en: "Bank {bank} does not answer now. Try again when it is online.",
    "pt-BR": "O banco {bank} não responde agora. Tente de novo quando ele estiver online.",
  },
  "invalid-input": {
    edge: "BAD_REQUEST",
    en: "{field}: this value is not accepted. {hint}",
    "pt-BR": "{field}: este valor não é aceito. {hintPt}",
  },
  "not-signed-in": {
    edge: "UNAUTHORIZED",
    en: "Sign in to continue.",
    "pt-BR": "Entre para continuar.",
  },
  "not-allowed": {
    edge: "FORBIDDEN",
    en: "Your role may not do this. Ask a colleague who may.",
    "pt-BR": "Seu perfil não pode fazer isto. Peça a um colega que possa.",
  },
  "pix-key-unreadable": {
    edge: "BAD_REQUEST",
    iso: "FF07",
    en: "This is no PIX key. Check it: CPF, CNPJ, phone with +55, e-mail or random key.",
    "pt-BR":
      "Isto não é uma chave PIX. Confira: CPF, CNPJ, telefone com +55, e-mail ou chave aleatória.",
  },
  "pix-key-unknown": {
    edge: "NOT_FOUND",
    iso: "AC03",
    en: "No bank of the consortium has the PIX key {key}. Check it with the payee.",
    "pt-BR": "Nenhum banco do consórcio tem a chave PIX {key}. Confira com o recebedor.",
  },
  "pix-key-taken": {
    edge: "CONFLICT",
    en: "The PIX key {key} is registered at bank {owner}. To bring it here, its holder asks that bank for portability, or claims it as the owner.",
    "pt-BR":
      "A chave PIX {key} está registrada no banco {owner}. Para trazê-la, o titular pede a portabilidade naquele banco ou reivindica a posse.",
  },
  "pix-key-busy": {
    edge: "CONFLICT",
    en: "The PIX key {key} is being changed right now. Try again in a moment.",
    "pt-BR": "A chave PIX {key} está sendo alterada neste momento. Tente de novo em instantes.",
  },
  "pix-key-changed": {
    edge: "PRECONDITION_FAILED",
    iso: "AC03",
    en: "The PIX key {key} does not point to that account any more. Nothing was moved: look the key up again.",
    "pt-BR":
      "A chave PIX {key} não aponta mais para aquela conta. Nada foi movido: consulte a chave de novo.",
  },
  "pix-key-behind": {
    edge: "SERVICE_UNAVAILABLE",
    en: "Bank {bank} has not caught up with the PIX key {key} yet. Try again in a moment.",
    "pt-BR":
      "O banco {bank} ainda não se atualizou sobre a chave PIX {key}. Tente de novo em instantes.",
  },
  "pix-key-not-held": {
    edge: "PRECONDITION_FAILED",
    en: "Bank {bank} does not hold the PIX key {key}. Only the bank that holds a key may change it.",
    "pt-BR": "O banco {bank} não tem a chave PIX {key}. Só o banco que tem a chave pode alterá-la.",
  },
  "pix-key-limit": {
    edge: "PRECONDITION_FAILED",
    en: "Account {account} already has {most} PIX keys, the most it may have. Remove one first.",
    "pt-BR": "A conta {account} já tem {most} chaves PIX, o máximo permitido. Remova uma antes.",
  },
  "pix-key-of-another": {
    edge: "PRECONDITION_FAILED",
    iso: "BE01",
    en: "A CPF or CNPJ is a PIX key only of its own holder, and {account} is not an account of this person.",
    "pt-BR": "CPF ou CNPJ só é chave PIX do próprio titular, e {account} não é conta desta pessoa.",
  },
  "pix-key-here": {
    edge: "CONFLICT",
    en: "The PIX key {key} points to this person's account {account} here. Move it instead.",
    "pt-BR":
      "A chave PIX {key} aponta para a conta {account} desta pessoa neste banco. Mova a chave.",
  },
  "pix-key-portable": {
    edge: "CONFLICT",
    en: "The PIX key {key} is this person's at bank {owner}. Ask for portability: open a claim on the page of PIX keys.",
    "pt-BR":
      "A chave PIX {key} é desta pessoa no banco {owner}. Peça a portabilidade: abra uma reivindicação na página de chaves PIX.",
  },
  "pix-key-of-other-person": {
    edge: "CONFLICT",
    en: "The PIX key {key} is registered for another person at bank {owner}. If it is this client's phone or e-mail now, claim its ownership on the page of PIX keys.",
    "pt-BR":
      "A chave PIX {key} está registrada para outra pessoa no banco {owner}. Se o telefone ou e-mail agora é deste cliente, reivindique a posse na página de chaves PIX.",
  },
  "pix-key-claimed": {
    edge: "CONFLICT",
    en: "The PIX key {key} is claimed by somebody else, so it can neither be moved nor removed. Answer the claim first.",
    "pt-BR":
      "A chave PIX {key} está em reivindicação e não pode ser movida nem excluída. Responda primeiro à reivindicação.",
  },
  "pix-claim-not-confirmed": {
    edge: "PRECONDITION_FAILED",
    en: "Bank {bank} has not confirmed the claim on the PIX key {key}.",
    "pt-BR": "O banco {bank} não confirmou a reivindicação da chave PIX {key}.",
  },
  "pix-claim-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such claim at bank {bank}.",
    "pt-BR": "Não há esta reivindicação no banco {bank}.",
  },
  "pix-claim-open": {
    edge: "CONFLICT",
    en: "The PIX key {key} is already claimed. Wait until that claim has ended.",
    "pt-BR": "A chave PIX {key} já está em reivindicação. Espere essa reivindicação terminar.",
  },
  "pix-claim-needless": {
    edge: "CONFLICT",
    en: "The PIX key {key} cannot be claimed: nobody has it, or it is random, or a document of another person. Register it instead.",
    "pt-BR":
      "A chave PIX {key} não pode ser reivindicada: ninguém a tem, ou é aleatória, ou é documento de outra pessoa. Cadastre-a.",
  },
  "pix-claim-state": {
    edge: "CONFLICT",
    en: "The claim stands at {state}, where this is not possible.",
    "pt-BR": "A reivindicação está em {state}, e isto não é possível nesse estado.",
  },
  "pix-claim-period": {
    edge: "PRECONDITION_FAILED",
    en: "An ownership claim is confirmed only after {until}, so that the holder has time to object. It can be cancelled now.",
    "pt-BR":
      "Uma reivindicação de posse só é confirmada depois de {until}, para o titular poder contestar. Ela pode ser cancelada já.",
  },
  "pix-date-past": {
    edge: "BAD_REQUEST",
    iso: "DT02",
    en: "A PIX is ordered for a day from tomorrow on. For today, send it now.",
    "pt-BR": "Um PIX é agendado para uma data a partir de amanhã. Para hoje, envie agora.",
  },
  "pix-schedule-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such ordered PIX at this bank.",
    "pt-BR": "Não há este PIX agendado neste banco.",
  },
  "pix-schedule-ended": {
    edge: "CONFLICT",
    en: "This order has ended already: it was paid, failed or was cancelled.",
    "pt-BR": "Este agendamento já terminou: foi pago, falhou ou foi cancelado.",
  },
  "pix-schedule-due": {
    edge: "CONFLICT",
    en: "It is due today; an order can be cancelled until the day before.",
    "pt-BR": "O PIX é para hoje; um agendamento pode ser cancelado até a véspera.",
  },
  "pix-mandate-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such mandate at bank {bank}.",
    "pt-BR": "Não há esta autorização de débito no banco {bank}.",
  },
  "pix-mandate-state": {
    edge: "CONFLICT",
    en: "The mandate stands at {state}, where this is not possible.",
    "pt-BR": "A autorização está em {state}, e isto não é possível nesse estado.",
  },
  "mandate-amount": {
    edge: "PRECONDITION_FAILED",
    iso: "AM02",
    en: "The amount is not what the payer allowed. Charge the fixed amount, or at most the ceiling.",
    "pt-BR": "O valor não é o que o pagador autorizou. Cobre o valor fixo ou no máximo o teto.",
  },
  "mandate-period": {
    edge: "PRECONDITION_FAILED",
    iso: "DT02",
    en: "The date is outside the period that the payer allowed.",
    "pt-BR": "A data está fora do período que o pagador autorizou.",
  },
  "mandate-cycle": {
    edge: "CONFLICT",
    en: "There is a charge for this period already; the payer allowed one.",
    "pt-BR": "Já há uma cobrança neste período; o pagador autorizou uma.",
  },
  "mandate-ahead": {
    edge: "PRECONDITION_FAILED",
    iso: "DT02",
    en: "A charge is sent {least} to {most} days before its date, so that the payer can object.",
    "pt-BR":
      "A cobrança é enviada de {least} a {most} dias antes da data, para o pagador poder recusar.",
  },
  "pix-request-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such request to pay at bank {bank}.",
    "pt-BR": "Não há este pedido de pagamento no banco {bank}.",
  },
  "pix-request-state": {
    edge: "CONFLICT",
    en: "The request stands at {state}, where this is not possible.",
    "pt-BR": "O pedido está em {state}, e isto não é possível nesse estado.",
  },
  "pix-payment-not-found": {
    edge: "NOT_FOUND",
    en: "Account {account} sent no PIX {endToEndId}. Check the end-to-end id on the receipt.",
    "pt-BR":
      "A conta {account} não enviou o PIX {endToEndId}. Confira o identificador no comprovante.",
  },
  "pix-return-nothing-left": {
    edge: "PRECONDITION_FAILED",
    iso: "AM09",
    en: "The PIX {endToEndId} was given back whole already; there is nothing left to ask for.",
    "pt-BR": "O PIX {endToEndId} já foi devolvido por inteiro; não resta nada a pedir.",
  },
  "pix-return-late": {
    edge: "PRECONDITION_FAILED",
    iso: "DT05",
    en: "A fraud is reported within {days} days of the PIX.",
    "pt-BR": "Uma fraude é comunicada em até {days} dias do PIX.",
  },
  "pix-return-open": {
    edge: "CONFLICT",
    en: "This PIX was reported already. See what became of it among the special returns.",
    "pt-BR": "Este PIX já foi contestado. Veja o andamento nas devoluções especiais.",
  },
  "pix-return-not-found": {
    edge: "NOT_FOUND",
    en: "There is no such special return at bank {bank}.",
    "pt-BR": "Não há esta devolução especial no banco {bank}.",
  },
  "pix-return-state": {
    edge: "CONFLICT",
    en: "It stands at {state}: nothing is left to decide.",
    "pt-BR": "Está em {state}: não há o que decidir.",
  },
  "pix-operation-malformed": {
    edge: "BAD_REQUEST",
    iso: "FF08",
    en: "The operation on the PIX key {key} is not one that a majority of the banks carries.",
    "pt-BR": "A operação sobre a chave PIX {key} não é levada pela maioria dos bancos.",
  },
  "pix-no-majority": {
    edge: "SERVICE_UNAVAILABLE",
    en: "Only {present} of {members} banks answer; a PIX key is changed by a majority. Try again when more are online.",
    "pt-BR":
      "Só {present} de {members} bancos respondem; uma chave PIX é alterada pela maioria. Tente de novo quando houver mais bancos online.",
  },
  "pix-lookups-exhausted": {
    edge: "TOO_MANY_REQUESTS",
    en: "Too many payees were looked up for account {account}. Wait a few minutes.",
    "pt-BR": "Foram consultados recebedores demais para a conta {account}. Espere alguns minutos.",
  },
  "pix-lookups-of-bank-exhausted": {
    edge: "TOO_MANY_REQUESTS",
    en: "Bank {bank} looked up more payees than it may at once. Wait a minute and try again.",
    "pt-BR":
      "O banco {bank} consultou mais recebedores do que pode de uma vez. Espere um minuto e tente de novo.",
  },
  "pix-payee-moved": {
    edge: "PRECONDITION_FAILED",
    iso: "AC03",
    en: "The PIX key {key} points to another account than the one confirmed. Nothing was moved: confirm the payee again.",
    "pt-BR":
      "A chave PIX {key} aponta para outra conta que não a confirmada. Nada foi movido: confirme o recebedor de novo.",
  },
  "pix-to-itself": {
    edge: "BAD_REQUEST",
    iso: "AG12",
    en: "Payer and payee are the same account. Choose another key.",
    "pt-BR": "Pagador e recebedor são a mesma conta. Escolha outra chave.",
  },
  "too-many-requests": {
    edge: "TOO_MANY_REQUESTS",
    en: "You asked bank {bank} for more than it does for one person at a time. Nothing was done: try again in {seconds} s.",
    "pt-BR":
      "Você pediu ao banco {bank} mais do que ele faz para uma pessoa de uma vez. Nada foi feito: tente de novo em {seconds} s.",
  },
  "pix-code-unreadable": {
    edge: "BAD_REQUEST",
    iso: "CH16",
    en: "This QR code cannot be paid: it breaks the rule {rule}. Ask the receiver for another one.",
    "pt-BR": "Este QR code não pode ser pago: descumpre a regra {rule}. Peça outro ao recebedor.",
  },
  "pix-code-without-payment": {
    edge: "BAD_REQUEST",
    en: "This QR code asks for nothing to be paid now: it only offers an automatic debit.",
    "pt-BR": "Este QR code não pede pagamento agora: só oferece um débito automático.",
  },
  "pix-code-elsewhere": {
    edge: "NOT_FOUND",
    iso: "RC10",
    en: "The QR code's address {url} belongs to no bank of the consortium.",
    "pt-BR": "O endereço {url} do QR code não é de nenhum banco do consórcio.",
  },
  "pix-code-unverified": {
    edge: "PRECONDITION_FAILED",
    iso: "DS0G",
    en: "What bank {bank} answered to the QR code does not carry its signature. Nothing was moved.",
    "pt-BR": "A resposta do banco {bank} ao QR code não traz a assinatura dele. Nada foi movido.",
  },
  "pix-amount-missing": {
    edge: "BAD_REQUEST",
    iso: "AM12",
    en: "Say how much is to be paid.",
    "pt-BR": "Informe quanto deve ser pago.",
  },
  "pix-code-amount": {
    edge: "PRECONDITION_FAILED",
    iso: "BE17",
    en: "The QR code asks for {dueCentavos}. Nothing was moved: confirm this amount.",
    "pt-BR": "O QR code pede {dueCentavos}. Nada foi movido: confirme esse valor.",
  },
  "pix-payment-unknown": {
    edge: "NOT_FOUND",
    en: "This bank knows no PIX {endToEndId}. Check the end-to-end id.",
    "pt-BR": "Este banco não conhece o PIX {endToEndId}. Confira o identificador.",
  },
  "pix-refund-unknown": {
    edge: "NOT_FOUND",
    en: "The PIX {endToEndId} has no refund {id}.",
    "pt-BR": "O PIX {endToEndId} não tem a devolução {id}.",
  },
  "pix-refund-of-refund": {
    edge: "BAD_REQUEST",
    iso: "AG13",
    en: "{id} is a refund itself, and a refund is not refunded. Send a new PIX instead.",
    "pt-BR": "{id} já é uma devolução, e devolução não se devolve. Faça um novo PIX.",
  },
  "pix-refund-over-original": {
    edge: "PRECONDITION_FAILED",
    iso: "AM09",
    en: "Of the PIX {endToEndId} only {remainingCentavos} may still be refunded.",
    "pt-BR": "Do PIX {endToEndId} só podem ser devolvidos ainda {remainingCentavos}.",
  },
  "pix-refund-window-over": {
    edge: "PRECONDITION_FAILED",
    iso: "DT05",
    en: "A PIX can be refunded for {days} days, and {endToEndId} is older. Send a new PIX instead.",
    "pt-BR":
      "Um PIX pode ser devolvido por {days} dias, e {endToEndId} é mais antigo. Faça um novo PIX.",
  },
  "pix-refund-busy": {
    edge: "CONFLICT",
    en: "Another refund of the PIX {endToEndId} is being made. Try again in a moment.",
    "pt-BR": "Outra devolução do PIX {endToEndId} está sendo feita. Tente de novo em instantes.",
  },
  "pix-webhook-unknown": {
    edge: "NOT_FOUND",
    en: "Nobody is told of what the PIX key {key} receives: it has no webhook.",
    "pt-BR": "Ninguém é avisado do que a chave PIX {key} recebe: ela não tem webhook.",
  },
  "pix-charge-unknown": {
    edge: "NOT_FOUND",
    iso: "AC03",
    en: "Bank {bank} has no PIX charge {txid}. Ask the receiver for a new QR code.",
    "pt-BR": "O banco {bank} não tem a cobrança PIX {txid}. Peça um novo QR code ao recebedor.",
  },
  "pix-charge-closed": {
    edge: "PRECONDITION_FAILED",
    iso: "BE17",
    en: "The PIX charge {txid} was paid already or removed by the receiver. Nothing was moved.",
    "pt-BR": "A cobrança PIX {txid} já foi paga ou foi removida pelo recebedor. Nada foi movido.",
  },
  "pix-charge-busy": {
    edge: "CONFLICT",
    iso: "BE17",
    en: "Somebody else is paying the PIX charge {txid} at this moment. Nothing was moved here: look in a moment whether it is still open.",
    "pt-BR":
      "Outra pessoa está pagando a cobrança PIX {txid} neste momento. Nada foi movido aqui: veja em instantes se ainda está aberta.",
  },
  "pix-charge-expired": {
    edge: "PRECONDITION_FAILED",
    iso: "BE17",
    en: "The PIX charge {txid} cannot be paid any more: its time is over. Ask the receiver for a new one.",
    "pt-BR": "A cobrança PIX {txid} venceu e não pode mais ser paga. Peça uma nova ao recebedor.",
  },
  "pix-charge-amount": {
    edge: "PRECONDITION_FAILED",
    iso: "BE17",
    en: "The PIX charge {txid} is {dueCentavos} today. Nothing was moved: confirm this amount.",
    "pt-BR":
      "O valor da cobrança PIX {txid} hoje é {dueCentavos}. Nada foi movido: confirme esse valor.",
  },
  "pix-charge-terms": {
    edge: "BAD_REQUEST",
    en: "The terms of the charge make no sense: {fault}. Correct them.",
    "pt-BR": "As condições da cobrança não fazem sentido: {fault}. Corrija.",
  },
  "pix-charge-taken": {
    edge: "CONFLICT",
    en: "There is a charge {txid} already. Choose another txid, or change that charge.",
    "pt-BR": "Já existe a cobrança {txid}. Escolha outro txid ou altere aquela cobrança.",
  },
  overloaded: {
    edge: "SERVICE_UNAVAILABLE",
    en: "Bank {bank} has more work than it can take now. Try again in a moment.",
    "pt-BR":
      "O banco {bank} está com mais trabalho do que pode atender. Tente de novo em instantes.",
  },
  "outcome-unknown": {
    edge: "SERVICE_UNAVAILABLE",
    en: "It is not known yet whether this was done. Ask again with the same key.",
    "pt-BR": "Ainda não se sabe se isto foi feito. Pergunte de novo com a mesma chave.",
  },
} as const satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof refusalCatalogue;

export const refusalCodes = Object.keys(refusalCatalogue) as [RefusalCode, ...RefusalCode[]];
