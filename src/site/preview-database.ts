/**
 * A script that lets a page of a preview keep its database when tables change.
 * Framework starts another one for each table that it replaces, with its worker
 * and its WebAssembly, and ends none. Here the one that is there is emptied
 * instead, once for all tables that are replaced together, and Framework fills
 * it again; what was to be filled before is told that there is nothing to do.
 */
export const previewDatabaseScript = `<script type="module">
const address = "/_observablehq/stdlib/duckdb.js";
if (document.querySelector('link[href$="' + address + '"]') !== null) {
  const {DuckDBClient, getDefaultClient} = await import(address);
  const {_db: database} = await getDefaultClient();
  const openAnother = DuckDBClient.of;
  const nothing = async () => {};
  const unused = {registerFileURL: nothing, registerFileBuffer: nothing, connect: async () => ({close: nothing, query: nothing, insertArrowFromIPCStream: nothing})};
  let latest = 0;
  let emptied = Promise.resolve();
  const inTurn = (turn) => new Proxy(database, {
    get(target, name) {
      const from = turn === latest ? target : {...unused, __proto__: target};
      return typeof from[name] === "function" ? from[name].bind(target) : from[name];
    }
  });
  const empty = async () => {
    await database.reset();
    await database.open({query: {castTimestampToDate: true, castBigIntToDouble: true}});
  };
  DuckDBClient.of = function (...given) {
    if (given.length > 0) return openAnother.apply(this, given);
    const turn = ++latest;
    return Promise.resolve().then(async () => {
      if (turn === latest) await (emptied = emptied.then(empty));
      return new DuckDBClient(inTurn(turn));
    });
  };
}
</script>`;
