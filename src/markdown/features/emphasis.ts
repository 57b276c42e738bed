// Emphasis beside Han, Hangul and Kana: `**굵게(bold)**은` is bold, which CommonMark's rule refuses.
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import type { Feature } from '../feature.js';

export const emphasis: Feature = { name: 'emphasis', syntax: cjkFriendlyExtension(), isKnownAtOnce: true };
