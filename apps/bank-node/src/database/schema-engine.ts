import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type * as EngineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

export type SchemaEngine = EngineModule.SchemaEngine;

const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * Prisma's schema engine as WebAssembly, on the given database; `use` gets it and it is freed
 * afterwards. The package is made for bundlers, so the module is instantiated by hand. Takes
 * about a second: load it only when there is something to do.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngineModule();
  const panicked = rejectOnPanic();
  // One connection: the engine takes session-level locks.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(migrationFactory(pool));
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
    return await Promise.race([use(engine), panicked]);
  } finally {
    await pool.end();
  }
}

let engineModule: Promise<typeof EngineModule> | undefined;

function loadEngineModule(): Promise<typeof EngineModule> {
  engineModule ??= instantiate();
  return engineModule;
}

async function instantiate(): Promise<typeof EngineModule> {
  const glue = createRequire(import.meta.url).resolve(
    "@prisma/schema-engine-wasm/schema_engine_bg",
  );
  const module = (await import(pathToFileURL(glue).href)) as typeof EngineModule;
  const bytes = await readFile(join(dirname(glue), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": module });
  module.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return module;
}

/** Node has it; TypeScript declares it only with the browser's library. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

/** After a panic the engine never answers; it only leaves its last words in this global. */
function rejectOnPanic(): Promise<never> {
  return new Promise((_, reject) => {
    const registry = {
      set_message: (words: string) => reject(new Error(`The schema engine panicked: ${words}`)),
    };
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  });
}

/**
 * Prisma's PostgreSQL adapter with two repairs: a script is sent whole (the adapter splits it at
 * every semicolon, inside function bodies too), and catalogue columns of type "char", which the
 * adapter does not know, are told to the engine as characters.
 */
function migrationFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => repair(await connect(), pool),
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

function repair(adapter: SqlDriverAdapter, pool: pg.Pool): SqlDriverAdapter {
  let charColumns: number[] = [];
  const query = pool.query.bind(pool);
  const client = Object.create(pool, {
    query: {
      value: async (config: pg.QueryConfig) => {
        const result = await query(config);
        charColumns = [];
        for (const [index, field] of (result.fields ?? []).entries()) {
          if (field.dataTypeID !== CHAR_OID) continue;
          field.dataTypeID = TEXT_OID;
          charColumns.push(index);
        }
        return result;
      },
    },
  });
  const repaired: SqlDriverAdapter = Object.create(adapter, { client: { value: client } });
  repaired.queryRaw = async (statement) => {
    const result = await adapter.queryRaw.call(repaired, statement);
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  repaired.executeScript = async (script) => {
    await pool.query(script);
  };
  return repaired;
}
