// Chinese, Japanese and Korean faces come in hundreds of slices; even their list is fetched only by a page that
// shows such letters.

const KANA = /[\u3040-\u30ff]/;
const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/;
const HAN = /[\u3400-\u4dbf\u4e00-\u9fff]/;

export function fonts(root: ParentNode): void {
  const text = (root instanceof Document ? root.body : (root as Element)).textContent ?? "";
  const says = (language: string): boolean => root.querySelector(`:lang(${language})`) !== null;
  if (KANA.test(text) || says("ja")) void import("../styles/cjk-jp.css");
  if (HANGUL.test(text) || says("ko")) void import("../styles/cjk-kr.css");
  if (HAN.test(text)) void import("../styles/cjk-sc.css");
}
