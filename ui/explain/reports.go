package explain

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

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
	{core.ErrNoReports, Words{
		"No report has come yet",
		"Rentbell lives from the rent roll and the income register.",
		"Save both as CSV into the folder for reports.",
	}},
	{core.ErrOldReports, Words{
		"The newest report is old",
		"For days no other one has come.",
		"Save a new one into the folder. If it comes by e-mail, look whether it still does.",
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
	{core.ErrCrowdedDir, Words{
		"This folder holds other files",
		"Many are no reports, and Rentbell would move them.",
		"Choose a new, empty folder for reports.",
	}},
	{core.ErrDataDir, Words{
		"This folder is not for reports",
		"Rentbell keeps its own data there.",
		"Choose another folder.",
	}},
}

// mostLines is how many lines are told of one by one.
const mostLines = 20

// leftOut says which lines of a table tell nothing.
func (t Tongue) leftOut(e *core.LeftOutError) Words {
	var list []string
	for _, line := range e.Lines[:min(len(e.Lines), mostLines)] {
		list = append(list, strconv.Itoa(line))
	}
	lines := strings.Join(list, ", ")
	w := Words{Title: t("Nothing in this file could be read"), Cause: t("Lines that are not as they should be: %s.", lines)}
	if e.Rest {
		w.Title = t("Some lines of this file were left out")
	}
	if more := len(e.Lines) - len(list); more > 0 {
		w.Cause = t("Lines that are not as they should be: %s, and %s more.", lines, Number(more))
	}
	w.Fix = t("Import the file yourself in Rentbell: it says of each line what is wrong.")
	return w
}

func (t Tongue) sayReportsDir(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	switch {
	case c.State == core.CheckGood:
		return t("Rentbell looks into it"), ""
	case c.Err == nil && c.State == core.CheckUnknown:
		return t(notKnown), ""
	}
	w := t.words(unexplained)
	switch {
	case errors.Is(c.Err, core.ErrNotRunning):
		w = t.Error(c.Err)
		w.Cause = t("Nobody looks into the folder.")
	case c.Err != nil:
		w = t.Error(c.Err)
	}
	text, fix = t.told(w)
	return text, cmp.Or(fix, t("Choose another folder."))
}

// newestReports are the kinds of reports, and how one that came or did not is told of.
var newestReports = map[core.TableKind]struct{ came, missing string }{
	core.TableRentRoll:    {"Rent roll %s", "No rent roll yet"},
	core.TableIncome:      {"Income register %s", "No income register yet"},
	core.TableWorkOrders:  {"Work orders %s", ""}, // without these two Rentbell lives as well
	core.TableDelinquency: {"Delinquency %s", ""},
}

func (t Tongue) sayReports(c core.Check, s core.Status, now time.Time) (text, fix string) {
	for _, kind := range core.ReportKinds() {
		say := newestReports[kind]
		newest, came := s.Reports.Newest[kind]
		said := ""
		switch {
		case came:
			said = t(say.came, t.OnDay(newest.AsOf().In(now.Location()), now))
		case say.missing != "":
			said = t(say.missing)
		}
		switch {
		case text == "":
			text = said
		case said != "":
			text = t("%s. %s", text, said)
		}
	}
	if errors.Is(c.Err, core.ErrNoReports) {
		return text, t("Save what is missing as CSV into the folder for reports.")
	}
	return text, t.Error(core.ErrOldReports).Fix
}
