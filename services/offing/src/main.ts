console.log('offing');
