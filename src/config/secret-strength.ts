/** An attacker who has one cookie can try secrets as fast as they can count: 2^80 is out of reach for decades. */
const enoughBits = 80;
export const minSecretLength = 32;

/** Words that stand in secrets which someone typed, or copied from an example. */
const typedWords =
  /pass(?:word|phrase)?|secret|session|change[-_. ]?(?:me|this|it)|example|default|placeholder|billets?|quotidiens?|admin|test(?:ing)?|demo|dev(?:elopment)?|prod(?:uction)?|motdepasse|qwerty|azerty|letmein|super|random|string|your|please|insert|here|key|token|localhost/gi;

/** Why a secret is too weak; undefined where nothing is seen against it. What is truly random is never refused. */
export const whyWeak = (secret: string): string | undefined => {
  if (secret.length < minSecretLength)
    return `expected ${minSecretLength} characters or more, chosen at random`;
  return estimatedBits(secret.replaceAll(typedWords, '')) < enoughBits
    ? 'expected characters chosen at random, such as `openssl rand -base64 32` prints'
    : undefined;
};

/**
 * How many bits somebody who knows how the text was made would have to guess, at most: what repeats an earlier part or counts up or
 * down costs nothing, any other character as much as there are different ones.
 */
const estimatedBits = (text: string): number => {
  const characters = Array.from(text);
  const perCharacter = Math.log2(Math.max(new Set(characters).size, 1));
  const surprising = characters.filter((_, index) => !isForeseen(text, index)).length;
  return surprising * perCharacter;
};

const repeated = 3;

/** The end of a part of three that stood there before, or the next step of a sequence such as `abc`, `321` or `aaa`. */
const isForeseen = (text: string, index: number): boolean => {
  if (index < repeated - 1) return false;
  const part = text.slice(index - repeated + 1, index + 1);
  if (text.indexOf(part) < index - repeated + 1) return true;
  const [first = 0, second = 0, third = 0] = Array.from(part, (character) => character.charCodeAt(0));
  return Math.abs(second - first) <= 1 && third - second === second - first;
};
