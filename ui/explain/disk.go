package explain

import (
	"io/fs"

	"rentbell/core"
)

// unfitName is said of a file's name.
var unfitName = Words{
	"This name is no name for a file",
	"It is too long, or has a character that this computer does not take.",
	"Choose a shorter one, of letters and digits.",
}

// disks are the troubles with disks, files and folders.
var disks = []row{
	{diskFull, Words{
		"Rentbell cannot save",
		"The disk of this computer is full.",
		"Free some space.",
	}},
	{readOnly, Words{
		"Rentbell cannot save",
		"The disk does not let anything be written.",
		"Choose another folder, or make the disk writable.",
	}},
	{longName, unfitName},
	{badName, unfitName},
	{core.ErrStorage, Words{
		"Rentbell cannot save",
		"The disk of this computer did not take it.",
		"Check that the disk is connected and has space, then try again.",
	}},
	{fs.ErrPermission, Words{
		"Rentbell may not use this folder",
		"This computer does not let you read or write there.",
		"Choose another folder, or ask whoever looks after the computer.",
	}},
	{fs.ErrNotExist, Words{
		"This folder is not there",
		"It may have been moved, or its drive is not connected.",
		"Choose another folder.",
	}},
	{fs.ErrExist, Words{
		"A file of this name is already there",
		"Rentbell does not write over it.",
		"Choose another name.",
	}},
}
