package feeds

import (
	"errors"
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func TestReadsPassTheStoresErrorsOn(t *testing.T) {
	bad := uitest.Broken{Reader: uitest.Office(t)}
	if _, _, err := readActivity(t.Context(), bad, core.FeedActivity, 10); !errors.Is(err, core.ErrStorage) {
		t.Errorf("activity: %v", err)
	}
}

func TestReadActivityStopsWhereTheFeedDoes(t *testing.T) {
	db := uitest.Office(t)
	events, more, err := readActivity(t.Context(), db, core.FeedActivity, activityBlock)
	if err != nil || len(events) != 174 || more {
		t.Errorf("%d events, more %v, %v", len(events), more, err)
	}
	events, more, err = readActivity(t.Context(), db, core.FeedTenants, 1)
	if err != nil || len(events) != 13 || more {
		t.Errorf("%d tenants, more %v, %v", len(events), more, err)
	}
}
