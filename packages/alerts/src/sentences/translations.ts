import type { EventDraft, Translations } from '@offing/rules';
import { chineseRetraction, chineseSentence } from './chinese.ts';
import { koreanRetraction, koreanSentence } from './korean.ts';

/** Returns the sentence on an event in the languages beside English, with the same figures and the same caution. */
export function translationsOf(event: EventDraft): Translations {
  return { zh: chineseSentence(event), ko: koreanSentence(event) };
}

/** Returns the sentences of an event that is taken back, with the reason. */
export function retractedTranslations({ zh, ko }: Translations, reason: string): Translations {
  return { zh: chineseRetraction(zh, reason), ko: koreanRetraction(ko, reason) };
}
