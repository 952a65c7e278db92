import { taxIdCheckDigits } from "@pacto/banking";

export interface DemoClient {
  readonly name: string;
  readonly taxId: string;
  readonly kind: "checking" | "savings" | "business";
  readonly openingDepositCentavos: number;
}

const names = [
  "Ana Souza",
  "Bruno Carvalho",
  "Clara Menezes",
  "Davi Rocha",
  "Elisa Tavares",
  "Fábio Nogueira",
  "Gabriela Pinto",
  "Heitor Lacerda",
  "Inês Monteiro",
  "João Pedro Alves",
  "Karina Barros",
  "Lucas Figueiredo",
  "Marina Duarte",
  "Nelson Prado",
  "Olívia Sampaio",
  "Paulo Teixeira",
  "Quitéria Lopes",
  "Rafael Moura",
  "Sônia Vasconcelos",
  "Tiago Freitas",
  "Úrsula Campos",
  "Vítor Bastos",
  "Wanda Siqueira",
  "Yara Peixoto",
  "Zeca Amorim",
] as const;

const companies = [
  "Padaria Estrela do Sul Ltda",
  "Oficina Dois Irmãos ME",
  "Livraria Jatobá Ltda",
  "Construtora Vale Verde S.A.",
  "Clínica Santa Clara Ltda",
] as const;

const PERSONS_PER_BANK = 5;

/** The invented clients of one bank, the same at every start. */
export function demoClients(bankIndex: number): DemoClient[] {
  const persons = Array.from({ length: PERSONS_PER_BANK }, (_, at): DemoClient => {
    const number = bankIndex * PERSONS_PER_BANK + at;
    const stem = String(300_000_000 + number * 1_234_567);
    const isSaver = at === PERSONS_PER_BANK - 1;
    return {
      name: names[number % names.length] ?? `Cliente ${number}`,
      taxId: stem + taxIdCheckDigits(stem),
      kind: isSaver ? "savings" : "checking",
      openingDepositCentavos: 85_000 + ((number * 73_190) % 1_450_000),
    };
  });
  const stem = `${String(20_000_000 + bankIndex * 3_141_592)}0001`;
  const company: DemoClient = {
    name: companies[bankIndex % companies.length] ?? `Empresa ${bankIndex} Ltda`,
    taxId: stem + taxIdCheckDigits(stem),
    kind: "business",
    openingDepositCentavos: 4_800_000 + bankIndex * 911_300,
  };
  return [...persons, company];
}
