import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { saysWord } from '../../src/store/held-word.ts';
import { describeBackends } from '../servers/backends.ts';

describeBackends(
  'a hold on a word',
  (backend) => {
    let database: Database;
    beforeAll(() => {
      database = openDatabase({ connectionString: backend.databaseUrl });
    });
    afterAll(() => database.close());

    const row = z.object({ says: z.boolean() });
    async function says(word: string, text: string): Promise<boolean> {
      const parts = JSON.stringify([{ text, media: [], card: null }]);
      const found = await database.one(
        row,
        `SELECT ${saysWord('$1::text')} AS says FROM (SELECT $2::jsonb AS parts) AS rev`,
        [word, parts],
      );
      return found?.says ?? false;
    }
    async function missed(ways: readonly (readonly [word: string, text: string])[]) {
      const isSaid = await Promise.all(ways.map(([word, text]) => says(word, text)));
      return ways.filter((_, index) => !isSaid[index]);
    }

    it('finds a name in addresses that are encoded', async () => {
      const ways = [
        ['Müller', 'https://p.example/m%C3%BCller-tritt'],
        ['Müller', 'https://p.example/M%c3%9cLLER'],
        ['Müller', 'https://p.example/mu%CC%88ller'],
        ['Angela Merkel', 'https://p.example/Angela%20Merkel'],
        ['Angela Merkel', 'https://p.example/?q=Angela+Merkel'],
        ['Angela Merkel', 'https://l.example/?u=https%3A%2F%2Fp.example%2FAngela%2520Merkel'],
        ['Путин', 'https://p.example/%D0%9F%D1%83%D1%82%D0%B8%D0%BD'],
        ['東京', 'https://p.example/%E6%9D%B1%E4%BA%AC'],
        ['m%C3%BCller', 'By Müller'],
      ] as const;
      expect(await missed(ways)).toEqual([]);
    });

    it('reads what is no address as it stands', async () => {
      const texts = [
        '100%',
        '5 %FF of',
        '%C3',
        'a%ZZb',
        '%E0%80%80',
        '%ED%A0%80',
        '%F4%90%80%80',
        '%00',
        '%C3%BC%FF%25',
      ];
      expect(await missed(texts.map((text) => ['Brandt', `${text} Ilse Brandt`] as const))).toEqual([]);
      expect(await says('Brandt', texts.join(' '))).toBe(false);
    });

    it('finds letters with a stroke, and those that are two', async () => {
      const ways = [
        ['Łódź', 'LODZ'],
        ['Lodz', 'W ŁODZI, Łódź'],
        ['Søren', 'Soren'],
        ['Soren', 'SØREN'],
        ['Đoković', 'Dokovic'],
        ['Ħamrun', 'Hamrun'],
        ['Ŧuovvut', 'tuovvut'],
        ['Diyarbakır', 'DIYARBAKIR'],
        ['İstanbul', 'istanbul'],
        ['Əliyev', 'Aliyev'],
        ['Sigurður', 'Sigurdur'],
        ['Þór', 'Thor'],
        ['Thor', 'ÞÓR'],
        ['Ærø', 'Aero'],
        ['Aero', 'ÆRØ'],
        ['Sacré Cœur', 'SACRE COEUR'],
        ['Coeur', 'CŒUR'],
        ['ſtein', 'Stein'],
        ['Straße', 'STRASSE'],
        ['Strasse', 'Straße'],
      ] as const;
      expect(await missed(ways)).toEqual([]);
    });

    it('finds a name written with a mark, or with two letters for it', async () => {
      const ways = [
        ['Müller', 'HERR MUELLER SAGT'],
        ['Mueller', 'Herr Müller sagt'],
        ['Mueller', 'https://p.example/m%C3%BCller-tritt'],
        ['Mueller', 'Mu\u0308ller'],
        ['Jürgen Müller', 'Juergen Mueller'],
        ['Juergen Mueller', 'Jürgen\nMüller'],
        ['Dr. Müller', 'Dr Mueller'],
        ['Dr Mueller', 'Dr. Müller'],
        ['Jäger', 'Jaeger'],
        ['Jaeger', 'JÄGER'],
        ['Göring', 'Goering'],
        ['Goering', 'Göring ½'],
        ['Ångström', 'Aangstroem'],
        ['Aangstroem', 'ÅNGSTRÖM'],
        ['Øresund', 'Oeresund'],
        ['Oeresund', 'ØRESUND'],
        ['Großmann', 'Grossmann'],
        ['Grossmann', 'Großmann'],
        ['Muller', 'Müller'],
      ] as const;
      expect(await missed(ways)).toEqual([]);
      expect(await says('Mueller', 'Muller and Mulder, not him')).toBe(false);
      expect(await says('Sue', 'Sun and supper')).toBe(false);
    });

    it('finds a name in either order', async () => {
      const ways = [
        ['Putin, Vladimir', 'Vladimir Putin says'],
        ['Vladimir Putin', 'PUTIN, Vladimir'],
        ['Vladimir Putin', '#VladimirPutin'],
        ['Путин, Владимир', 'Владимир Путин'],
        ['Ursula von der Leyen', 'von der Leyen, Ursula'],
        ['von der Leyen, Ursula', 'Ursula von der Leyen'],
        ['Hans Peter Mueller', 'Müller, Hans Peter'],
        ['Putin, Vladimir', 'https://p.example/vladimir-putin'],
      ] as const;
      expect(await missed(ways)).toEqual([]);
      expect(await says('Vladimir Putin', 'Vladimir and Mr Putin')).toBe(false);
    });

    it('finds a name with commas, brackets and strokes between its words', async () => {
      const between = [
        ', ',
        ' (',
        ') ',
        ' [',
        '] ',
        '/',
        ' / ',
        '; ',
        ': ',
        '、',
        '，',
        ' | ',
        '\\',
        '（',
        ' 「',
        '؛ ',
      ];
      expect(await missed(between.map((sign) => ['Angela Merkel', `With Angela${sign}Merkel and`] as const))).toEqual(
        [],
      );
      expect(await says('Angela Merkel', 'With Angela. Merkel')).toBe(false);
      expect(await says('C++', 'A C.')).toBe(false);
    });

    it('agrees, at its first look, with the one that reads all', async () => {
      const pieces = [
        'Müller',
        'mul',
        'ler',
        'Łódź',
        'U.S.',
        'Dr. ',
        '’',
        ' ',
        '–',
        'ß',
        'e\u0301',
        'ĳ',
        'æ',
        '%20',
        '+',
        '1.5',
        'ŋ',
        'ı',
        'A',
        '…',
        '\u00ad',
        '😀',
        '€',
        'ﬁ',
        '™',
      ];
      const words = [
        'muller',
        'Müller',
        'mul ler',
        'US',
        'U.S.',
        'dr mul',
        'ss',
        'e',
        'ij',
        'ae',
        'n',
        'i',
        'lodz',
        '€',
        '1.5',
        'fi',
        'tm',
        '&',
        'ü',
        '😀',
        'ei',
        'ea',
      ];
      let seed = 7;
      const next = (below: number): number => (seed = (seed * 16_807) % 2_147_483_647) % below;
      const texts = Array.from({ length: 300 }, () =>
        Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)]).join(''),
      );
      const rows = await database.many(
        z.object({ word: z.string(), text: z.string(), said: z.boolean(), read: z.boolean() }),
        `SELECT word, text, (SELECT ${saysWord('word')} FROM (SELECT jsonb_build_array(jsonb_build_object('text', text)) AS parts) AS rev) AS said,
                -- What is hidden at its end makes it read all.
                (SELECT ${saysWord('word')} FROM (SELECT jsonb_build_array(jsonb_build_object('text', text || ' ¾')) AS parts) AS rev) AS read
           FROM unnest($1::text[]) AS texts (text), unnest($2::text[]) AS words (word)`,
        [texts, words],
      );
      expect(rows.filter(({ said, read }) => said !== read)).toEqual([]);
      expect(rows.filter(({ said }) => said).length).toBeGreaterThan(300);
    });
  },
  ['postgres', 'embedded'],
);
