import type { english } from "./english.ts";

/** Textos da equipe. */
export const portuguese: typeof english = {
  group: "quem trabalha em um banco: pessoas, funções e como entram",
  list: "a equipe de um banco, por nome",
  create: "incluir uma pessoa na equipe, sem funções; a senha de uso único é dita uma vez",
  roles: "pedir que uma segunda pessoa dê exatamente estas funções e retire as demais",
  suspend: "impedir a entrada de uma pessoa; todas as suas sessões acabam na hora",
  reinstate: "deixar uma pessoa suspensa entrar de novo",
  "reset-factor": "retirar um segundo fator perdido; outro é cadastrado na próxima entrada",
  "reset-password": "trocar uma senha esquecida por uma de uso único, dita uma vez",
  member: "BANCO/PESSOA: um id ou um e-mail",
  options: {
    as: "quem administra os usuários (senão, PACTO_AS ou admin do consórcio local)",
    search: "parte de um nome ou de um e-mail",
    name: "nome da pessoa",
    email: "e-mail com que a pessoa entra",
    set: "todas as funções a partir daí, separadas por vírgulas; none retira todas",
    reason: "por quê, para a auditoria e para quem decide",
  },
  columns: {
    id: "ID",
    name: "NOME",
    email: "E-MAIL",
    roles: "FUNÇÕES",
    state: "SITUAÇÃO",
    request: "FUNÇÕES PEDIDAS",
  },
  states: {
    suspended: "suspensa",
    first: "ainda não concluiu a primeira entrada",
    password: "precisa escolher outra senha",
    factor: "precisa cadastrar um segundo fator",
    active: "ativa",
  },
  none: "nenhuma",
  oneTimePassword: "Senha de uso único, dita só agora",
  toldBefore: "Já dita antes. Se não chegou, refaça a senha.",
  until: "Vale até",
  badRole: (role, roles) => `Não há a função "${role}". Há: ${roles}, none.`,
};
