package explain

import "rentbell/core"

// tables are the troubles with tables that people import.
var tables = []row{
	{core.ErrNoTable, Words{
		"This is no file",
		"It is a folder, or something else that holds no table.",
		"Choose a CSV, text or Excel file.",
	}},
	{core.ErrEmptyTable, Words{
		"The file is empty",
		"There is no row in it.",
		"Choose another file.",
	}},
	{core.ErrPDF, Words{
		"This is a PDF",
		"It holds pages and no table.",
		"Save the report as CSV or Excel.",
	}},
	{core.ErrWorkbook, Words{
		"Rentbell cannot read this workbook",
		"It has a password, comes from an old Excel or another program, or is damaged.",
		"Open it there and save it as CSV.",
	}},
	{core.ErrNotFile, Words{
		"Rentbell cannot write there",
		"Something that is no file has this name.",
		"Choose another name.",
	}},
	{core.ErrLaterImport, Words{
		"Something else was imported since",
		"Only the last import can be undone.",
		"Look at Settings, Data.",
	}},
	{core.ErrNoIDColumn, Words{
		"There is no column with ids",
		"Rentbell knows none of the titles in this file as one of ids.",
		"Say which column holds the ids, or choose another file.",
	}},
	{core.ErrColumns, Words{
		"It is not certain which columns count",
		"The titles in this file do not say which column holds the ids and which the names.",
		"Say which they are.",
	}},
	{core.ErrRentColumns, Words{
		"It is not certain which column holds the rents",
		"The titles in this file do not say which column holds what each lease pays a month.",
		"Say which it is.",
	}},
	{core.ErrReportColumns, Words{
		"It is not certain which columns count",
		"The titles in this file do not say where everything is that this report needs.",
		"Say which columns they are, or choose another report.",
	}},
	{core.ErrEmptyReport, Words{
		"There is nothing in this report",
		"No row of it could be read.",
		"Choose another file.",
	}},
	{core.ErrNoRents, Words{
		"There are no rents in this file",
		"No row has a lease's id and a rent.",
		"Choose another file.",
	}},
	{core.ErrNoNames, Words{
		"There are no names in this file",
		"No row has an id and a name.",
		"Choose another file.",
	}},
	{core.ErrTableTooLarge, Words{
		"The file is too large",
		"Rentbell reads up to 100,000 rows or 5 MB.",
		"Choose another file, or split this one.",
	}},
}
