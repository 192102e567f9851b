package explain

import "rentbell/core"

// exports are the troubles with what is looked up, and with exports and where they go.
var exports = []row{
	{core.ErrForged, Words{
		"One delivery was rejected",
		"Its signature did not match, so it was kept out of your records.",
		"If you made a new secret today, register the webhook again. If not, you can leave it.",
	}},
	{core.ErrNotFound, Words{
		"This is no longer there",
		"It may have been handled in the meantime.",
		"Open the page again.",
	}},
	{core.ErrFormat, Words{
		"Rentbell does not write this kind of file",
		"It writes CSV files for QuickBooks and Xero, bank files (.qbo and .ofx), Excel workbooks, and a CSV file with everything.",
		"Choose one of these.",
	}},
	{core.ErrPeriod, Words{
		"The period has no days",
		"It ends before it begins.",
		"Choose other days.",
	}},
	{core.ErrNoRecipe, Words{
		"This export cannot be made again",
		"An earlier version of Rentbell made it and did not keep how.",
		"Export its days anew.",
	}},
	{core.ErrNotTheSame, Words{
		"The export would not be the same",
		"Since then payments were deleted, or Rentbell or the time zone of this computer changed. Nothing was written.",
		"Look for a copy of the file, or export its days anew.",
	}},
	{core.ErrExporting, Words{
		"Another export goes on",
		"Two at a time could hold the same payments.",
		"Wait until it has ended, then try again.",
	}},
	{core.ErrOfficeAway, Words{
		"The office is out of reach",
		"The computer that receives for the office knows what was exported last. What is new waits until it answers.",
		"Try again later, or export a period. That is not remembered.",
	}},
	{core.ErrForeignLink, Words{
		"Another user's link has this name",
		"It leads somewhere else, and a file of yours there would be replaced.",
		"Choose another folder, or another name.",
	}},
	{core.ErrForeignDir, Words{
		"This folder belongs to another user",
		"Whoever owns it can read and change what Rentbell keeps there.",
		"Choose a folder of your own for the data.",
	}},
	{core.ErrSharedDir, Words{
		"Other users can put files into this folder",
		"Your records need a folder of their own.",
		"Choose a new, empty folder for the data.",
	}},
}
