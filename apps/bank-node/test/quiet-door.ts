import { Door } from "../src/edge/door.ts";
import { Pressure } from "../src/edge/pressure.ts";

/** The door of a node that nobody presses, where anybody may ask as often as they like. */
export function quietDoor(): Door {
  const pressure = new Pressure(() => ({ commands: 0, reads: 0 }));
  return new Door({ bank: "azul", pressure, callsPerSecond: 0 });
}
