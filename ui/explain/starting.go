package explain

import "rentbell/core"

// starting are the troubles with what runs and with the data that it opens. A backup that
// is no use stands before damage: its own may be wrapped, and is not that of the data.
var starting = []row{
	{core.ErrNotSetUp, Words{
		"Rentbell is not set up yet",
		"It has no address yet at which AppFolio could reach it.",
		"Open Settings and fill in the ngrok authtoken.",
	}},
	{core.ErrClosed, Words{
		"You closed your address",
		"AppFolio keeps what it has for you and tries again for a while.",
		"Open the address in Settings.",
	}},
	{core.ErrNotRunning, Words{
		"Rentbell is not running",
		"Nobody takes what AppFolio delivers.",
		"Open Rentbell, or start rentbelld.",
	}},
	{core.ErrInUse, Words{
		"Rentbell is already running",
		"Another Rentbell on this computer has the same data open.",
		"Use that one, or close it and start again.",
	}},
	{core.ErrNoControl, Words{
		"The Rentbell that runs does not answer",
		"It has the data open, and only it can read it now.",
		"Try again in a moment, or close it.",
	}},
	{core.ErrNoWindow, Words{
		"The Rentbell that runs has no window",
		"It runs as rentbelld and has the same data open.",
		"Stop that one, then open Rentbell.",
	}},
	{core.ErrNewer, Words{
		"This data belongs to a newer Rentbell",
		"A later version wrote it, and this one cannot read it. Nothing was changed.",
		"Install the newest Rentbell and start again.",
	}},

	{core.ErrNoBackup, Words{
		"This is no backup of Rentbell",
		"The file holds something else.",
		"Choose a file that Rentbell has made.",
	}},
	{core.ErrBadBackup, Words{
		"This backup is damaged",
		"Its parts do not fit together. Your records are as they were.",
		"Choose another backup, or copy this one again from where it came.",
	}},

	{core.ErrDamaged, Words{
		"The file with your data is damaged",
		"The disk of this computer did not keep it as it was. Nothing was changed.",
		"Run “rentbelld check --repair”. It saves what can be read and keeps the damaged file.",
	}},
	{core.ErrNoStore, Words{
		"Your data is not where it should be",
		"Something that is no file has the name of the file with your data. Nothing was changed.",
		"Move it out of the data folder and start again, or bring your data back from a backup.",
	}},
}
