package export

import (
	"os"
	"strings"
	"time"
)

// zoneName is the name by which location finds a time zone again; empty: it has none
// besides being the computer's.
func zoneName(loc *time.Location) string {
	name := loc.String()
	if loc == time.Local && name == "Local" { // where the environment does not name it, Go does not know what it is called
		link, err := os.Readlink("/etc/localtime")
		if err != nil {
			return ""
		}
		_, name, _ = strings.Cut(link, "zoneinfo/")
	}
	if _, err := location(name); err != nil {
		return ""
	}
	return name
}

// location is a time zone by its name, the computer's where that is empty.
func location(name string) (*time.Location, error) {
	if name == "" {
		return time.Local, nil
	}
	return time.LoadLocation(name)
}
