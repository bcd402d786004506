import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";

/**
 * Runs `work` with Prisma's schema engine, the build of it that needs no native program: it compares schemas and
 * applies migrations.
 *
 * @param schema the text of the Prisma schema; its provider says which database `connections` are to.
 * @param connections what the engine connects with, and makes its throw-away shadow databases with.
 * @throws what the engine throws; what a driver threw inside it is its cause and ends its message.
 */
export async function withSchemaEngine<T>(
  schema: string,
  connections: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: glue.SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiate();
  const { factory, closeAll } = closing(connections);
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  const engine = await glue.SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => undefined,
    bound,
  );
  try {
    return await work(engine);
  } catch (error) {
    throw withDriverError(error, (id) => bound.errorRegistry.consumeError(id)?.error);
  } finally {
    engine.free();
    await closeAll();
  }
}

/** The engine leaves its connections open; `closeAll` closes those. */
function closing(connections: SqlMigrationAwareDriverAdapterFactory) {
  const open = new Set<SqlDriverAdapter>();
  const watched = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      if (open.delete(adapter)) await dispose();
    };
    open.add(adapter);
    return adapter;
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: connections.provider,
    adapterName: connections.adapterName,
    connect: async () => watched(await connections.connect()),
    connectToShadowDb: async () => watched(await connections.connectToShadowDb()),
  };
  const closeAll = async () => {
    for (const adapter of open) await adapter.dispose();
  };
  return { factory, closeAll };
}

/** Errors of drivers stay outside of the engine, which knows their numbers only. */
function withDriverError(error: unknown, driverError: (id: number) => unknown): unknown {
  if (!(error instanceof Error)) return error;
  const [report = ""] = error.message.split(/\n\s*0: /);
  const id = /External error id#(\d+)/.exec(report)?.[1];
  if (id === undefined) return new Error(report, { cause: error });
  const cause = driverError(Number(id));
  return new Error(`${report.trim()}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}

let isInstantiated = false;

/** The package's own entry imports its `.wasm` as a bundler would; Node reads it as a file. */
function instantiate(): void {
  if (isInstantiated) return;
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = readFileSync(join(dirname(entry), "schema_engine_bg.wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), {
    "./schema_engine_bg.js": { ...glue },
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  isInstantiated = true;
}

/** Everything in the database is ours. */
export const ALL_TABLES = { externalTables: [], externalEnums: [] };
