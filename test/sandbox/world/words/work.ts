const list = (text: string): string[] => text.split(',').map((word) => word.trim());

/** First and second half of invented brand names. */
export const BRAND_STARTS = list(`Bright,Clear,North,Silver,Quick,Blue,Stone,Ember,Cloud,River,
	Amber,Copper,Lumen,Vector,Maple,Orbit,Pixel,Quartz,Sable,
	Tidal,Umber,Velvet,Willow,Zephyr,Cinder,Drift,Fable,Grove,Harbor,Indigo`);
export const BRAND_ENDS = list(`leaf,field,forge,path,stack,works,point,bridge,wave,nest,ridge,mint,
	loom,spark,vale,dock,peak,lane,core,gate,mark,crest,
	fold,hive,shore,trail,well,yard,cast,beam`);
export const SECTORS = list(`Software,Logistics,Studios,Analytics,Trading,Foods,Media,Consulting,Robotics,Optics,Energy,Textiles,Print & Paper,
	Design & Build,Health`);

export const JOB_TITLES = list(`Head of Operations,Marketing Manager,Office Manager,CTO,CEO,Software Engineer,Account Manager,Buyer,Product Manager,
	Finance Lead,Sales Director,IT Administrator,Team Assistant,Data Analyst,Customer Support Lead`);

export const TICKET_SUBJECTS = list(`Cannot log in,Invoice shows the wrong address,Export is slow,How do I add a colleague?,Payment was refused,
	Order has not arrived,App crashes on start,Please cancel my plan,Wrong item delivered,Feature request: dark mode,Webhook is not called,
	Refund for last month,Password reset mail never comes,Data missing after import,Question about the new price`);
