import {ParameterError, nearest, pathText, show} from "../parameter-faults.ts";
import {parseParameters} from "../parse-parameters.ts";
import {settingText} from "./setting.ts";
import type {Setting} from "./setting.ts";

const writtenPath = /^[^.[\]]+\.[^.[\]]+(?:\.[^.[\]]+|\[\d{1,9}\])*$/;
const pathStep = /([^.[\]]+)|\[(\d+)\]/g;
const bareWord = /^(?!(?:true|false|null)$)[A-Za-z_][\w-]*$/;
const form = "paper.section.field=value";

function parseSetting(text: string, papers: readonly string[]): Setting {
  const end = text.indexOf("=");
  const left = end < 0 ? text : text.slice(0, end);
  if (end < 0 || !writtenPath.test(left)) throw new ParameterError(`--set: expected ${form}, found ${show(text).replace(/ \(text\)$/, "")}`);
  const [paper, ...path] = [...left.matchAll(pathStep)].map(([, name, index]) => name ?? Number(index)) as [string, ...(string | number)[]];
  const place = `--set ${pathText([paper, ...path])}`;
  if (!papers.includes(paper)) throw new ParameterError(`${place}: unknown paper${nearest(paper, papers)}`);
  const written = text.slice(end + 1);
  if (written.trim() === "") throw new ParameterError(`${place}: expected a value after =, found nothing`);
  return {paper, path, value: bareWord.test(written) ? written : parseParameters(written, place).value};
}

const isWithin = (inner: Setting, outer: Setting): boolean => inner.paper === outer.paper && outer.path.every((key, i) => inner.path[i] === key);

/**
 * Reads settings as a person writes them, such as
 * `heavy-tails.tailTrends.stepSizes[1]=0.55` and `heavy-tails.seed=7`. A value
 * is JSON; a word that is none is text. A part of what an earlier setting gave
 * may be set after it, but no value twice.
 *
 * @param papers the papers there are
 * @throws ParameterError with the setting, what was expected and what was found
 */
export function parseSettings(texts: readonly string[], papers: readonly string[]): readonly Setting[] {
  const settings: Setting[] = [];
  for (const text of texts) {
    const setting = parseSetting(text, papers);
    const lost = settings.find((earlier) => isWithin(earlier, setting));
    if (lost !== undefined) throw new ParameterError(`${settingText(setting)}: expected each value set once, found ${settingText(lost)} before it`);
    settings.push(setting);
  }
  return settings;
}
