import type { NangoSync, ProxyConfiguration, ProjectSettings } from '../../models';
import type { PatternPaginatedIssueLabelResponse, PatternPaginatedMilestoneResponse } from '../types';
import { toIssueLabel } from '../mappers/to-issue-label.js';
import { toMilestone } from '../mappers/to-milestone.js';
import { projectSettingsSchema } from '../../schema.zod.js';

/**
 * Fetches the labels and the milestones of a project.
 */
export default async function fetchData(nango: NangoSync): Promise<void> {
    // What this connection is set to sync, checked before anything is asked.
    const metadata = await nango.getMetadata<ProjectSettings>();
    await nango.zodValidateInput({ zodSchema: projectSettingsSchema, input: metadata });

    // One kind of record after the other: the API is never asked for two things at once.
    await saveIssueLabels(nango, metadata);
    await saveMilestones(nango, metadata);
}

/**
 * Fetches and saves the issue labels.
 */
async function saveIssueLabels(nango: NangoSync, metadata: ProjectSettings): Promise<void> {
    const proxyConfig: ProxyConfiguration = {
        // https://docs.gitlab.com/api/labels/#list-labels
        endpoint: `/api/v4/projects/${metadata.project}/labels`,
        paginate: {
            type: 'link',
            link_rel_in_response_header: 'next'
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    let pages = 0;
    for await (const page of nango.paginate<PatternPaginatedIssueLabelResponse>(proxyConfig)) {
        requireList(nango, page, 'the top level');
        pages += 1;
        await nango.batchSave(page.map(toIssueLabel), 'IssueLabel');
    }
    if (pages === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<PatternPaginatedIssueLabelResponse[]>(proxyConfig);
        requireList(nango, response.data, 'the top level');
    }
}

/**
 * Fetches and saves the milestones.
 */
async function saveMilestones(nango: NangoSync, metadata: ProjectSettings): Promise<void> {
    const proxyConfig: ProxyConfiguration = {
        // https://docs.gitlab.com/api/milestones/#list-project-milestones
        endpoint: `/api/v4/projects/${metadata.project}/milestones`,
        params: {
            state: 'active'
        },
        paginate: {
            type: 'link',
            link_rel_in_response_header: 'next'
        },
        retries: 10
    };

    // Each page is saved as it comes, so that memory stays small and nothing is lost on the way.
    let pages = 0;
    for await (const page of nango.paginate<PatternPaginatedMilestoneResponse>(proxyConfig)) {
        requireList(nango, page, 'the top level');
        pages += 1;
        await nango.batchSave(page.map(toMilestone), 'Milestone');
    }
    if (pages === 0) {
        // nango.paginate ends alike at an empty list and at none: the response itself tells which it was.
        const response = await nango.get<PatternPaginatedMilestoneResponse[]>(proxyConfig);
        requireList(nango, response.data, 'the top level');
    }
}

/** Ends the run where the API sends no list, which must not pass for an empty one. */
function requireList(nango: NangoSync, list: unknown, place: string): void {
    if (!Array.isArray(list)) {
        throw new nango.ActionError({ message: `The response has no list at ${place}` });
    }
}
