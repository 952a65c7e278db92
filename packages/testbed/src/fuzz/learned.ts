import type { Random } from "../chaos/random.ts";

const KEPT = 40;

/** Ids and numbers that banks gave in their answers: with them later requests reach real objects. */
export class Learned {
  readonly #values = new Map<string, string[]>();

  /** Takes every text of an answer by the name of its field, ids also by what they are the id of. */
  learn(answer: unknown, parent = ""): void {
    if (Array.isArray(answer)) {
      for (const item of answer.slice(0, 5)) this.learn(item, parent.replace(/s$/, ""));
      return;
    }
    if (typeof answer !== "object" || answer === null) return;
    for (const [name, value] of Object.entries(answer)) {
      if (typeof value === "object") this.learn(value, name);
      else if (typeof value === "string" && value.length <= 100) {
        this.#add(name, value);
        if (name === "id") this.#add(`${parent}.id`, value);
      }
    }
  }

  /** One of the values that fields of these names had, or undefined. */
  pick(names: readonly string[], random: Random): string | undefined {
    const values = names.flatMap((name) => this.#values.get(name) ?? []);
    return values.length === 0 ? undefined : random.pick(values);
  }

  #add(name: string, value: string): void {
    const values = this.#values.get(name) ?? [];
    if (values.includes(value)) return;
    values.push(value);
    if (values.length > KEPT) values.shift();
    this.#values.set(name, values);
  }
}
