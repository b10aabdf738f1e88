import type { NangoAction, ProxyConfiguration, AsanaTask, CreateAsanaTask } from '../../models';
import type { AsanaCreateTaskBody } from '../types';
import { toAsanaTask } from '../mappers/to-asana-task.js';
import { createAsanaTaskSchema } from '../../schema.zod.js';

/**
 * Creates a task in Asana.
 */
export default async function runAction(nango: NangoAction, input: CreateAsanaTask): Promise<AsanaTask> {
    // A wrong input is refused before the API is asked.
    await nango.zodValidateInput({ zodSchema: createAsanaTaskSchema, input });

    // What no schema can say.
    if (!(input.workspace || input.projects?.length)) {
        throw new nango.ActionError({ message: 'A task needs a workspace or a project.' });
    }

    const proxyConfig: ProxyConfiguration = {
        // https://developers.asana.com/reference/createtask
        endpoint: '/api/1.0/tasks',
        data: {
            data: {
                workspace: input.workspace,
                projects: input.projects,
                name: input.name,
                notes: input.notes,
                ...(input.due != null && { due_on: readDate(nango, 'due', input.due).toISOString().slice(0, 10) })
            }
        },
        retries: 3
    };

    const response = await nango.post<AsanaCreateTaskBody>(proxyConfig);

    return toAsanaTask(response.data.data);
}

/** Reads a date of the input in whatever form it came, or says which field holds none. */
function readDate(nango: NangoAction, field: string, value: string | number): Date {
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) {
        throw new nango.ActionError({ message: `${field} is no date: ${value}` });
    }
    return date;
}
