"""Hand-written integrations: correct code in another style has no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from nango_scaffold.check import Tree, check
from nango_scaffold.check.rules import RULES

from .support import tree

FIXTURES = Path(__file__).resolve().parents[1] / "toolchain" / "fixtures"
IDS = {f"N{number:02}" for number in range(1, 11)} | {f"T{number:02}" for number in (*range(1, 9), 10)}
OURS = [rule for rule in RULES if rule.id in IDS]

YAML = """
integrations:
    acme-crm:
        syncs:
            contacts:
                runs: every hour
                output: Contact
            deals:
                runs: every hour
                output: Deal
        actions:
            create-contact:
                input: Contact
                output: Contact
        on-events:
            post-connection-creation:
                - welcome
models:
    Contact:
        id: string
        name?: string | null
    Deal:
        id: string
        stage: open | won
"""
FILES = {
    # A function that builds the config, a default parameter, an arrow function as the default export.
    "acme-crm/syncs/contacts.ts": """
        import type { Contact, NangoSync, ProxyConfiguration } from '../../models.js';
        import type { AcmeContact as Raw, AcmePage } from '../types.js';
        import { toContact as asContact } from '../mappers/to-contact.js';
        import { pages } from '../helpers/pages.js';

        const configOf = (cursor = ''): ProxyConfiguration => ({ endpoint: '/contacts', params: { cursor }, retries: 10 });

        const run = async (nango: NangoSync): Promise<void> => {
            for await (const page of pages<Raw>(nango, configOf)) {
                const contacts: Contact[] = page.map(asContact);
                await nango.batchSave(contacts, 'Contact');
            }
            const { data }: { data: AcmePage<Raw> } = await nango.get(configOf('é'));
            await nango.log(`${data.items.length} naïve ✓`);
        };

        export { run as default };
    """,
    # The models from the same folder's depth, written with an extension or without, and a re-export.
    "acme-crm/syncs/deals.ts": """
        import type { NangoSync } from '../../models';
        import type { AcmeDeal } from '../types';
        import type { AxiosResponse } from 'axios';
        import { toDeal } from '../mappers/to-deal.js';
        import { createHash } from 'node:crypto';

        export default async function fetchData(nango: NangoSync): Promise<void> {
            const config = { endpoint: '/deals', retries: 10 };
            const response: AxiosResponse<AcmeDeal[]> = await nango.get(config);
            await nango.log(createHash('sha1').digest('hex'));
            await nango.batchSave(response.data.map((deal) => toDeal(deal)), 'Deal');
        }
    """,
    "acme-crm/actions/create-contact.ts": """
        import type { Contact, NangoAction } from '../../models';
        import type { AcmeContact } from '../types';
        import { contactSchema } from '../schema.zod.js';
        import { toContact } from '../mappers/to-contact.js';

        export default async function runAction(nango: NangoAction, input: Contact): Promise<Contact> {
            contactSchema.parse(input);
            const sent = { endpoint: '/contacts', data: input, retries: 3 } satisfies object;
            await nango.delete(sent);
            return toContact((await nango.post<AcmeContact>(sent)).data);
        }
    """,
    "acme-crm/on-events/welcome.ts": "export default async function onEvent() {}\n",
    "acme-crm/mappers/to-contact.ts": """
        import type { Contact } from '../../models';
        import type { AcmeContact } from '../types';

        export const toContact = ({ id, name = null }: AcmeContact): Contact => ({ id, name });
    """,
    "acme-crm/mappers/to-deal.ts": """
        import type { Deal } from '../../models';
        import type { AcmeDeal } from '../types';
        import { stageOf } from './stages.js';

        function toDeal(deal: AcmeDeal): Deal {
            return { id: deal.id, stage: stageOf(deal) };
        }

        export { toDeal };
    """,
    "acme-crm/mappers/stages.ts": """
        import type { AcmeDeal } from '../types';

        export function stageOf(deal: AcmeDeal): 'open' | 'won' {
            return deal.won ? 'won' : 'open';
        }
    """,
    "acme-crm/helpers/pages.ts": """
        import type { NangoSync, ProxyConfiguration } from '../../models';
        import type { AcmePage } from '../types';

        export async function* pages<T>(nango: NangoSync, configOf: (cursor?: string) => ProxyConfiguration) {
            let cursor: string | undefined;
            do {
                const { data } = await nango.get<AcmePage<T>>(configOf(cursor));
                yield data.items;
                cursor = data.next;
            } while (cursor);
        }
    """,
    "acme-crm/types.ts": """
        import type { Contact } from '../models';

        export interface AcmeContact {
            id: string;
            name?: string | null;
        }

        export interface AcmeCrmContactBatch {
            contacts: Contact[];
        }

        export type AcmePage<T> = { items: T[]; next?: string };

        export interface AcmeDeal {
            id: string;
            won: boolean;
        }

        interface Inside {
            id: string;
        }

        export function isAcmeDeal(value: unknown): value is AcmeDeal {
            return typeof value === 'object';
        }

        export const inside: Inside[] = [];
    """,
    "acme-crm/schema.zod.ts": """
        import { z } from 'zod';

        export const contactSchema = z.object({ id: z.string().min(1), name: z.string().nullish() });
    """,
    "acme-crm/tests/acme-crm-contacts.test.ts": "import { it } from 'vitest';\nit('x', () => 1 as any);\n",
    "acme-crm/empty.ts": "",
}


def folder() -> Tree:
    return tree(YAML, FILES)


def test_hand_written_integrations_are_left_alone() -> None:
    assert check(folder(), OURS) == []


def test_nor_does_it_matter_how_their_lines_end() -> None:
    files = {
        path: "\ufeff" + text.replace("    ", "\t").replace("\n", "\r\n") if path.endswith(".ts") else text
        for path, text in folder().files.items()
    }
    assert check(Tree(files, {}), OURS) == []


@pytest.mark.parametrize("name", ["hand", "styles"])
def test_those_of_the_toolchain_are_left_alone(name: str) -> None:
    root = FIXTURES / name / "nango-integrations"
    files = {
        path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.*") if path.is_file()
    }
    assert check(Tree(files, {}), OURS) == []


def test_they_are_all_here() -> None:
    assert {rule.id for rule in OURS} == IDS
