package space

// testKey is the key that every Space signs with until its first rotation: a
// 2048-bit RSA key in PKCS #8, fixed so that a sandbox starts at once. It is
// public and secures nothing: only who connects to a sandbox trusts it.
const testKey = "" +
	"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDCcyGNyW2snBJ8akvXgQaLMqPOdK3Yo7F1cIzJXwrzXn3X9Sly" +
	"PF6OZOJn8F1C/mt/bhRXyFw/1ughwWWlULfXo0nvrmHHyvDLSqRIW2durmSAEA+CqhVsyM3ZvzX1GGvKnmjdAou0sW/oc5djIeC3" +
	"4aRWPwVik18sAgyPkagbCtX/YZGXktuxCRdo2OZ6WdHaf6hm59t8QlOmQvd4DNl5AprlMF878oDktC1R9c1TYztunt081lW8oQZ7" +
	"953qgITIylr19anc59fOXcpMKsyJAJ2wav/+FR5VBIeJtsespv0eHWflH7fHXG0HtCcxUsF2ezsFqis+XxiR5mliZjo1AgMBAAEC" +
	"ggEAGM9LbjBPpoYz/kd/uBY11AfY36GCgZGCixCaXffFnr9P1is+fQgCgS+SYEmfqfRqmdPdPkVfA87d8ln0fU8bDc/p7Ji20CDu" +
	"xTls/vBuoNrDvD/lrWRvHwtQkcz0S6Uwh6XbjQC4pjbnfOSsDFFzvx0dSdsjoEFbvh01e2dNvW6qZx/V210pQdjDxA192FUspGHs" +
	"V/EsGDskLrRls7FW2sU7z/iP+H1nYz47HHg2Ux97Hwgc/fllYexPhmH4H6gZMfMkbGi1fl7fiHKKxXF4FMhKXuLsScSitd/ltQ4L" +
	"PG9yXqf7KsfSy3OkK+ooR14b76qpLroZqK3Z5sudG18cFwKBgQDdMNflKZy5YITT0tanKedAilqfFspWqWf2eYX+dPCWB4IIS3KR" +
	"0HYMFwx7ll6lmRia7u8n9TZ4h5j5Tx86AyZPMzOtF6XAZwygyijhQWk7eGRZfLOtDoEJmTUo5R0tb8wu9r/5bHNZTN/DK6ZxHJl1" +
	"HWsaCB2yIYeTkj5L/1ajowKBgQDhDPcdFSaqcKl70QmSlo+h7Nt1/b1Axh64ab3ne21gkgnarZGTR6JnDsPaxtJLgGoFQ3bIigrs" +
	"0Pg65KjhVflU7YVMdYwzmRVSEg7MO8TaGaVW03Ut69SVPbPMUZGZD0XsiUrk7zIUPPetVnqqSHjicj25iif3cXej4UFXnNNIRwKB" +
	"gBGqPvPMWPntHW6VXhNHo3JiGk6uUUaOjQEAP5VM3ZH904K6E9JVZbgddx+/qJttGKv2/R6h1NHXcn4mtYW6jqqwmiXux4wQLtAA" +
	"lTc4NCFNwiXrcaYWjHOpyrcTZTslvJbbmgVfhe7R1uUNbWOHNzJFQTJ5B3Yce2lrupHzOIYlAoGAOEks2No8ZG5vBSef9Eixvbbm" +
	"oJkIp1Wlw0u3ElkdXwTHcCju+t30sT/RHjuRxw5j9dMMt1VHLDmLi/c6gbkl9ea96wSPPyxvV6pqhwv/zOiTIKccbJLKBVV8TYKt" +
	"HpHiVCl2UNG+Pa+N5o11endLvJ8D7w6ttkZrvNIOrKHteesCgYEA1I2QglC7Auo1kwT/7OyAoRh7RTFDm2JXsafU9o8BHxM4PJSm" +
	"cCTwc9K1UMMPk2+pzrQ84Uzn1f6MjgzdFiCrGaUqErOkPbaFQMHFHIS6S6vnWuJSurexo2NRIG7ty/1ERhPAzw/j4XQm0ke0No4e" +
	"oDFsdKlovr+UAtgFGzcKGW8="
