import {join} from "node:path";
import {shells} from "./commands.mjs";
import {exitCodes} from "./exit-codes.ts";

/** A text as one word of bash, zsh and fish. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const bash = (entry: string): string => `driftbook() { node ${entry} "$@"; }
_driftbook() {
  local line="\${COMP_LINE:0:COMP_POINT}" words current candidate prefix
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  current="\${words[\${#words[@]}-1]}"
  prefix=""
  [[ "$current" == *=* ]] && prefix="\${current%=*}="
  COMPREPLY=()
  while IFS= read -r candidate; do
    COMPREPLY+=("\${candidate#"$prefix"}")
    [[ "$candidate" == *[.=[] ]] && compopt -o nospace
  done < <(node ${entry} complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _driftbook driftbook
`;

const zsh = (entry: string): string => `driftbook() { node ${entry} "$@"; }
_driftbook() {
  local -a candidates open closed
  candidates=("\${(@f)$(node ${entry} complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  open=("\${(@M)candidates:#*[.=\\[]}")
  closed=("\${(@)candidates:#*[.=\\[]}")
  closed=("\${(@)closed:#}")
  (( $#open )) && compadd -U -S '' -- "\${open[@]}"
  (( $#closed )) && compadd -U -- "\${closed[@]}"
  (( $#open + $#closed )) || _files
}
compdef _driftbook driftbook
`;

const fish = (entry: string): string => `function driftbook; node ${entry} $argv; end
function __driftbook_knows
  set -l words (commandline -opc) (commandline -ct)
  set -g __driftbook_known (node ${entry} complete -- $words[2..-1] 2>/dev/null)
  test (count $__driftbook_known) -gt 0
end
complete -c driftbook -e
complete -c driftbook -n __driftbook_knows -f -a '$__driftbook_known'
`;

const scripts: Readonly<Record<string, (entry: string) => string>> = {bash, zsh, fish};

/**
 * The completion of the command `driftbook`, which it defines too, for a shell: it asks the project at `root` for words.
 * @throws RangeError for a shell that is not known
 */
export function completionScript(root: string, shell: string): string {
  if (!shells.includes(shell)) throw new RangeError(`complete: expected ${shells.join(", ")}, found ${JSON.stringify(shell)}`);
  return scripts[shell]!(quoted(join(root, "src", "command-line", "driftbook.mjs")));
}

/** Prints the completion of a shell. */
export async function printCompletionScript(root: string, shell: string): Promise<number> {
  process.stdout.write(completionScript(root, shell));
  return exitCodes.done;
}
