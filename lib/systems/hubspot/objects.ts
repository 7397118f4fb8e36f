/** What differs between the two CRM objects that we read and write. */
export interface CrmObject {
	/** Our name, singular. */
	name: 'contact' | 'company';
	/** HubSpot's name in paths. */
	path: 'contacts' | 'companies';
	/** Property that every change raises; contacts have another one than all later objects (Search the CRM, "Search by last modified date"). */
	modified: string;
	/** Properties that we ask for. HubSpot ignores those that an account doesn't have. */
	properties: readonly string[];
	/** Whether each record comes with the companies that it belongs to. */
	companies: boolean;
}

export const CONTACT: CrmObject = {
	name: 'contact',
	path: 'contacts',
	modified: 'lastmodifieddate',
	properties: [
		'firstname', 'lastname', 'email', 'hs_additional_emails', 'work_email', 'phone', 'mobilephone', 'address', 'city', 'zip', 'state', 'country',
		'company', 'jobtitle', 'lifecyclestage', 'date_of_birth', 'hs_language', 'hubspot_owner_id', 'hs_email_optout', 'hs_marketable_status',
		'associatedcompanyid', 'hs_merged_object_ids', 'hs_object_id', 'createdate', 'lastmodifieddate',
	],
	companies: true,
};

export const COMPANY: CrmObject = {
	name: 'company',
	path: 'companies',
	modified: 'hs_lastmodifieddate',
	properties: [
		'name', 'domain', 'hs_additional_domains', 'website', 'phone', 'address', 'city', 'zip', 'state', 'country', 'industry', 'numberofemployees',
		'lifecyclestage', 'hubspot_owner_id', 'hs_merged_object_ids', 'hs_object_id', 'createdate', 'hs_lastmodifieddate',
	],
	companies: false,
};
