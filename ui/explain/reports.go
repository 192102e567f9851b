package explain

import "rentbell/core"

// reportFiles are the troubles with the folder of reports and with the files in it.
var reportFiles = []row{
	{core.ErrUnknownTable, Words{
		"Rentbell cannot tell what this file is",
		"Its titles are those of no report that Rentbell reads.",
		"Save the report as CSV again, or import the file yourself and say what its columns hold.",
	}},
	{core.ErrFileClosed, Words{
		"Rentbell may not read this file",
		"This computer does not let you open it.",
		"Save the report again.",
	}},
	{core.ErrNoReportsDir, Words{
		"No folder for reports is chosen",
		"Rentbell does not know yet where AppFolio's reports are saved.",
		"Choose the folder in Settings.",
	}},
	{core.ErrNotFolder, Words{
		"This is no folder",
		"Something else has this name.",
		"Choose a folder.",
	}},
	{core.ErrDataDir, Words{
		"This folder is not for reports",
		"Rentbell keeps its own data there.",
		"Choose another folder.",
	}},
}
