/** Bank and account by their places in the lists of the demonstration. */
export interface DemoSide {
  readonly bank: number;
  readonly account: number;
  readonly amountCentavos: number;
}

interface DemoTransfer {
  readonly from: readonly DemoSide[];
  readonly to: readonly DemoSide[];
  readonly purpose: string;
}

function side(bank: number, account: number, amountCentavos: number): DemoSide {
  return { bank, account, amountCentavos };
}

function one(from: DemoSide, [bank, account]: readonly [number, number], purpose: string) {
  return { from: [from], to: [side(bank, account, from.amountCentavos)], purpose };
}

/** An ordinary day: rents, wages, purchases, and two that no bank can carry out. */
export const demoTransfers: readonly DemoTransfer[] = [
  one(side(0, 0, 18_990), [1, 5], "Pedido 4471"),
  one(side(1, 1, 125_000), [2, 2], "Aluguel de novembro"),
  one(side(2, 0, 7_450), [0, 5], "Pão e café"),
  {
    from: [side(0, 5, 780_000)],
    to: [side(1, 0, 260_000), side(2, 1, 260_000), side(3, 2, 260_000)],
    purpose: "Salários da padaria",
  },
  one(side(3, 3, 42_300), [4, 5], "Consulta"),
  one(side(4, 0, 9_990), [4, 1], "Rateio do almoço"),
  // More than a private account here ever has.
  one(side(3, 0, 90_000_000), [0, 0], "Compra do terreno"),
  {
    from: [side(0, 1, 20_000), side(1, 2, 30_000), side(2, 3, 15_000)],
    to: [side(3, 1, 65_000)],
    purpose: "Presente da turma",
  },
  one(side(3, 5, 1_250_000), [4, 2], "Medição da obra, etapa 2"),
  one(side(4, 3, 31_740), [1, 5], "Revisão do carro"),
  one(side(2, 5, 88_600), [3, 5], "Estantes sob medida"),
  {
    from: [side(1, 5, 150_000), side(4, 5, 210_000)],
    to: [side(0, 2, 120_000), side(2, 4, 240_000)],
    purpose: "Acerto de contas",
  },
  one(side(1, 3, 65_000_000), [2, 0], "Entrada do apartamento"),
  one(side(0, 3, 5_600), [2, 5], "Livros"),
  one(side(2, 2, 54_000), [0, 4], "Devolução do empréstimo"),
  {
    from: [side(0, 0, 30_000), side(1, 0, 20_000), side(2, 1, 10_000), side(3, 2, 40_000)],
    to: [side(4, 4, 100_000)],
    purpose: "Vaquinha da viagem",
  },
];
