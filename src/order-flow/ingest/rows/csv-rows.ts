/** A row of a file: its cells by the names of the columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Splits CSV text into rows (RFC 4180): quoted cells may hold commas, quotes and line ends. */
export function csvRows(text: string): readonly Row[] {
  const [header = [], ...rows] = cellsOf(text.replace(/^\uFEFF/, ""));
  return rows.map((cells) => Object.fromEntries(header.map((name, column) => [name.trim(), cells[column] ?? ""])));
}

function cellsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  // a cell, in quotes or not, and what ends it
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/gy;
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    const [all, inQuotes, plain = "", end] = found;
    row.push(inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"'));
    if (end !== ",") {
      if (row.length > 1 || row[0] !== "") rows.push(row);
      row = [];
    }
    if (end === "" || all === "") break;
  }
  return rows;
}
